"""What the interface names under `steps` would be done now: nothing of it is refused for the state or the time."""

import json

import pytest

from tests.attack.doors import doors
from tests.long import part_of

ASKED = ("owner", "stranger", "officer", "authorising", "evaluator", "member", "auditor")


@pytest.mark.slow
@pytest.mark.long
def test_no_step_that_is_named_is_refused_for_the_state(world, client_of, undo):
    rows = [address for label, address in doors(world) if label.startswith("api-") and "-detail " in label]
    broken, tried = [], 0
    for who in ASKED:
        client = client_of(who)
        for address in part_of(rows, 4, nth=len(who)):
            answer = client.get(address)
            said = json.loads(answer.content) if answer.status_code == 200 else {}
            for step in said.get("steps", []) if isinstance(said, dict) else ():
                with undo():
                    taken = client.post(
                        f"{address}steps/{step}/", {"reason": "Because it is so.", "meant": True},
                        content_type="application/json",
                    )  # fmt: skip
                    tried += 1
                    if taken.status_code == 409:
                        broken.append((who, address, step, json.loads(taken.content)["detail"][:150]))
    assert broken == [], "\n".join(map(str, broken))
    assert tried
