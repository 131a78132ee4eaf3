"""HTCDS 2.0 workbooks, in and out: IOM's own form and its relatives into cases with sealed compartments, and back.

Reading (``container``, ``header``, ``workbook``, ``values``, ``extension``, ``drafts``) knows files and neither a
database nor a key; ``importer`` and ``exporter`` know cases; ``cli`` is thin.
"""
