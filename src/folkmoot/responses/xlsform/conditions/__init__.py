"""Conditions of XLSForm (`relevant`, XPath) to those of `core.routing`, and back.

What is understood: `${q} = 'code'`, `!=`, `<`, `<=`, `>`, `>=` with a text or a number,
`selected(${q}, 'code')`, `selected-at(${q}, 0) = 'code'`, `count-selected(${q}) > 0`,
`string-length(${q}) > 0`, `and`, `or`, `not()`, brackets.

Source: https://xlsform.org/en/#relevant and the ODK XForms specification,
https://getodk.github.io/xforms-spec/#xpath-functions.
"""

from folkmoot.responses.xlsform.conditions.expressions import digits, expression_of
from folkmoot.responses.xlsform.conditions.grammar import condition_of, less_than
from folkmoot.responses.xlsform.conditions.tokens import Named, NotUnderstoodError

__all__ = [
    "Named",
    "NotUnderstoodError",
    "condition_of",
    "digits",
    "expression_of",
    "less_than",
]
