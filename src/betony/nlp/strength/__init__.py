"""How strongly the wording of a recommendation binds, which way it points, for whom and when.

`reading` asks one rule after the other, each in a file named after what it looks for: `instructions`, `modals`,
`possibilities`, `verdicts`, `reasonable`, `authors`, `support`. What they share: `openings` and `groups` say for whom and when,
`against` turns the direction. Lists of words stand in the vocabulary file `recommendations.toml`.
"""
