"""What is declared before a proposal may be read (FR Art. 61). A changed text gets a new version; kept ones stay."""

VERSION = "2020-1"

TEXT = """\
I declare on my honour that I have no conflict of interests on this application. My judgement on it is not \
compromised by family, emotional life, political or national affinity, economic interest or any other direct or \
indirect personal interest, and nothing could reasonably be perceived as such a conflict.
I shall judge it alone, as submitted, on the announced award criteria only; I shall keep what I read confidential.
Should a conflict appear later, I shall say so at once and cease all activity on this application."""
