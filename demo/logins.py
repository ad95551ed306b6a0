"""Who is shown to a visitor of the demo, and what for."""

LOGINS = {
    "a.degraaf@rotterdam.nl.example.eu": "national authority (applied, has a letter)",
    "m.wojcik@kgp.pl.example.eu": "second authority (awarded, and a draft)",
    "officer@home.example.eu": "programme officer",
    "second.officer@home.example.eu": "second officer (sits on the committee)",
    "evaluator@home.example.eu": "evaluator (Commission)",
    "second.evaluator@home.example.eu": "evaluator (another unit)",
    "evaluator@jrc.example.eu": "evaluator (Joint Research Centre)",
    "m.kalnina@experts.example.eu": "evaluator (expert from Latvia)",
    "authorising@home.example.eu": "authorising officer",
    "auditor@eca.example.eu": "auditor",
    "national.auditor@mf.sk.example.eu": "national auditor (Slovakia)",
    "accounts@home.example.eu": "account administrator",
}
