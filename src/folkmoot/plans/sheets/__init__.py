"""Commitments as spreadsheets: out, edited by an officer, and back.

`columns` says what stands in them, `rows` fills them from the database, `writing` makes the files;
`reading` and `cells` say what a file changes against its export (`edits`), and `checking` holds
that to what stands now.
"""
