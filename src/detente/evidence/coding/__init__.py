"""From a document's text to coded acts: who says that who did what to whom, when, and by which rule that was seen."""
