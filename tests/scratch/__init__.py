"""What a colleague would add one day, for the tests that measure what it costs: a new part of a proposal."""
