"""Mutation testing: is there a small fault in the rules that no test would notice? (`make mutants`, docs/mutants.md)"""
