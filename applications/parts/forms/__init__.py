"""The pages of the parts: what a form has in common, and those that are tables of rows."""
