"""The words of the debrief: written once, several ways each, chosen by the call so that two in a row do not sound alike."""
