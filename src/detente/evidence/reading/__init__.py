"""Documents as they are found on a disk, read into clean text with stable offsets."""
