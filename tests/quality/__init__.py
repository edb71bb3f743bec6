"""A floor under the quality of section types: made-up labelled documents, and the figures reached on them.

`source/*.md` is what one edits. The first line is `# Title`; lines `key: value` follow (`kind` says what is imitated,
`title: not printed` keeps the title out of the text), then sections, each a line `## heading | type` and its paragraphs;
a section may have no heading. A line of the source is a line of the text, `- ` begins a list item.

`gold/` is made from it in the gold format (`betony.gold`), `floor.json` holds the figures:

    python -m tests.quality             measure, and say how that compares with the floor
    python -m tests.quality --update    make gold/ anew and set the floor to what is reached now
    python -m tests.quality --update --lower    the same where a figure got worse
"""
