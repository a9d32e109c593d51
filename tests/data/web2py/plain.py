{
    "Delete": "Supprimer", # a note
    "It\x27s": "C\"est",
    u"Map": u"Carte"
}
