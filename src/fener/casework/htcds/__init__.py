"""HTCDS 2.0 workbooks, in and out: IOM's own form and its relatives into cases with sealed compartments, and back.

Reading (``workbook``, ``values``) knows files and no database; ``importer`` and ``exporter`` know cases; ``cli`` is thin.
"""
