"""What each table of states allows, written down a second time: one module for each chapter, found here."""
