from applications.shown.proposals import proposal, proposal_now, proposal_received

__all__ = ["proposal", "proposal_now", "proposal_received"]
