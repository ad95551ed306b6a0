"""The demo: real input, told by the acts themselves. `data/` says what, the chapters say in which order.

Of development only: the production image does not hold this folder and production settings do not name it.
"""

PASSWORD = "Safer places, shared skills"  # noqa: S105 – for development only, and shown by `demo_logins`
