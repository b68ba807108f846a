# English: the words by which messages and answers are scored.
#
# How to edit. A line is
#     category  weight  phrase, phrase, phrase
# and belongs to the [section] above it. Everything after a # is a remark. Weights go from -9 to 9; 0 silences a phrase.
# Write small letters; accents do not matter, nor do capitals and repeated letters in the text ("makasihhh" is found by
# "makasih"). A phrase has one to eight words and is found as whole words only: "tax" is not found in "taxi".
# stanc{o,a,hi,he} stands for four words. The endings -nya -kah -lah -ku -mu -pun and an English -s need not be listed.
# The longest phrase wins inside a section: with "tidak sendirian" listed, "sendirian" in it does not count.
#
# Your own file of the same name in the configuration folder adds to this one and overrides it, line by line.

# ==== messages: which category a message belongs to ==================================================================

[message]

# ==== end of messages ================================================================================================


# ==== answers: warmth and cultural fit ===============================================================================


# ==== end of answers =================================================================================================
