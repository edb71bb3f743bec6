"""Clauses of one sentence: where they open, what they hang on, and which modal words rule them.

`reading` finds them, one modal expression (`modals`) after the other. What stands around the modal has a file each:
`opening` and `trailing` the conditions, `unparted` those without a comma, `subjects` and `doers` who acts, `inverted` those behind "nor should". `not_binding`
tells the clauses that bind nobody, and `signs` holds what the others share.
"""
