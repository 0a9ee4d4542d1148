"""An XLSForm workbook as the questions of a survey, with what was odd about it.

Groups become steps, notes introductions, groups shown as a table grids. What a survey here has no
place for (calculations, repeats, choices from other files) is left out and told, cell by cell.
Source: https://xlsform.org/en/; Kobo's own types: https://support.kobotoolbox.org/xls_form.html.
"""

from folkmoot.responses.xlsform.reading.workbook import read_workbook

__all__ = ["read_workbook"]
