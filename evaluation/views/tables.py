"""Tables that become cards on a narrow screen: each cell brings its label along."""


def labelled(columns, rows):
    return [list(zip(columns, row, strict=True)) for row in rows]
