"""Situations and phrases in French."""

from tracker.demo.situation import Phrases, Situation

_PORTABLES = ("ThinkPad T14", "Latitude 7450", "EliteBook 845")
_IMPRIMANTES = ("HP M507", "Canon iR 2630", "Brother L6400")

PHRASES = Phrases(
    impact=(
        "Nous sommes <count> à l’étage et nous en dépendons tous jusqu’à la fin de la semaine.",
        "Je peux contourner le problème pour l’instant, mais j’y perds une demi-heure par jour.",
        "Ce n’est pas urgent aujourd’hui, mais il faut que cela fonctionne avant la clôture mensuelle.",
        "Deux collègues constatent la même chose, les autres non ; cela aidera peut-être à trouver la cause.",
        "Je suis seul concerné : j’ai demandé dans la salle <room> et à l’étage <floor>.",
    ),
    tried="Ce que j’ai déjà essayé :",
    message="Le message exact :",
    table=("Où", "Quoi", "Inventaire", "Constaté à"),
    closing=(
        "Je suis en salle <room> tous les jours sauf le vendredi, passez quand vous voulez.",
        "Merci de m’appeler avant de venir, la salle est souvent réservée.",
        "Merci d’avance pour votre aide.",
        "Vous pouvez prendre la main à distance, il me faut juste le temps d’enregistrer.",
    ),
    questions=(
        "Merci pour le signalement. Est-ce aussi le cas par câble, ou seulement en Wi-Fi ?",
        "Je vois l’événement dans le journal de `<host>`. À quelle heure l’avez-vous constaté pour la dernière fois ?",
        "Est-ce toujours le cas après un redémarrage ? Il installe la mise à jour publiée lundi.",
    ),
    replies=(
        "Oui, pareil ce matin à <hour>. Il a fallu cinq minutes pour que cela revienne.",
        "Seulement en Wi-Fi. Par câble tout va bien, je me suis installé près de la fenêtre en attendant.",
        "C’est celui près de la porte, inventaire <asset>.",
    ),
    notes=(
        "Même scénario que le mois dernier à l’étage <floor> ; le fournisseur a un dossier ouvert, numéro <number>.",
        "Un appareil de rechange est dans l’armoire de la salle <room>. Remplacer d’abord, analyser ensuite.",
        "Vérifié `<host>` : disque à 71 %, aucune erreur depuis dimanche. Ce n’est pas le serveur.",
    ),
    background=(
        "Pour situer : nous avons quitté le deuxième étage au printemps, et le câblage de ce coin a été prolongé deux fois "
        "depuis. Les services généraux ont un plan, mais il date d’avant le déménagement ; fiez-vous à l’étiquette "
        "du mur, celle du boîtier au sol est fausse.",
        "Un peu d’histoire : la même chose est arrivée il y a environ un an. Quelqu’un de votre équipe avait remplacé une "
        "pièce et mis à jour le micrologiciel, et nous avons été tranquilles pendant des mois. Les détails doivent se "
        "trouver dans les anciens tickets de notre service, autour de la semaine d’inventaire.",
        "J’ai d’abord relu les annonces de changements du mois. À ma connaissance aucune ne nous concerne : la "
        "maintenance de samedi portait sur l’autre bâtiment, et la nouvelle page de connexion est réservée au "
        "télétravail. Corrigez-moi si je me trompe.",
    ),
)

SITUATIONS = (
    Situation(
        "incident", "hardware/printer", "onsite",
        ("L’imprimante de l’étage <floor> bourre à chaque recto verso", "Bandes grises sur l’imprimante de la salle <room>", "Imprimante <model> hors ligne près de la salle <room>"),
        ("La <model> à côté de la salle <room> s’est arrêtée au milieu d’un travail à <hour>. Depuis, tout travail de plus d’une page s’arrête au même endroit.",),
        ("éteinte pendant dix minutes", "capot arrière ouvert, une feuille déchirée retirée", "papier d’une nouvelle ramette"),
        ("Le four était en fin de vie ; remplacé. Quarante pages recto verso sans bourrage.",),
        "49.38.07 ERREUR : éteindre puis rallumer\nbac 2 : format incorrect (A4 attendu)", _IMPRIMANTES,
    ),
    Situation(
        "incident", "hardware/laptop", "onsite",
        ("Le portable <model> ne sort pas de veille", "La batterie du portable <asset> tient moins d’une heure"),
        ("Quand j’ouvre l’écran après le déjeuner, il reste noir ; seul un appui de dix secondes sur le bouton aide, et le travail non enregistré est perdu.",),
        ("toutes les mises à jour installées", "station d’accueil retirée", "diagnostic du constructeur : rien"),
        ("Micrologiciel mis à jour, ce qui corrige la veille. N’hésitez pas à rouvrir si cela se reproduit.", "Batterie remplacée sous garantie."),
        "Kernel-Power 41 (63)\nredémarrage sans arrêt propre", _PORTABLES,
    ),
    Situation(
        "incident", "network/wifi", "onsite",
        ("Pas de Wi-Fi en salle <room>", "Les visioconférences se figent à l’étage <floor>"),
        ("En salle <room>, l’ordinateur voit le réseau mais n’obtient pas d’adresse. Dans le couloir, cela marche aussitôt.",
         "À chaque appel, l’image se fige dix à vingt secondes. Le son revient seul, le partage d’écran non."),
        ("réseau oublié puis rejoint", "bande 5 GHz", "partage de connexion du téléphone : fonctionne"),
        ("La borne avait perdu sa liaison sur le port <port> ; câble remplacé, signal vérifié aux quatre coins.",),
        "wlan0 : authentification expirée\ndhcp : aucune offre de <host>", ("Aruba AP-515", "Cisco 9120AXI"),
    ),
    Situation(
        "incident", "network/vpn", "remote",
        ("Le VPN se coupe au bout de <count> minutes", "Le VPN refuse le second facteur"),
        ("De chez moi le tunnel monte, mais après quelques minutes tout ce qui est ouvert sur <host> se fige.",),
        ("client réinstallé", "autre point d’accès", "heure du téléphone réglée à la main"),
        ("Le profil pointait encore sur l’ancienne passerelle. Nouveau profil envoyé ; trois heures sans coupure.",),
        "IKEv2 : correspondant muet\nerreur <code>",
    ),
    Situation(
        "request", "access/account", "remote",
        ("Accès au dossier du projet <number>", "Compte pour un prestataire jusqu’à la fin du mois"),
        ("Merci de m’ouvrir le dossier du projet <number> sur <host> en lecture et en écriture. Ma responsable est en copie et d’accord.",),
        ("la lecture suffit pour les archives", "le compte peut se fermer le dernier jour du mois"),
        ("Accès donné par le groupe du projet, il prendra donc fin avec lui.",),
    ),
    Situation(
        "request", "access/badge", "onsite",
        ("Le badge n’ouvre pas la porte <room>", "Badges pour un groupe de <count> visiteurs"),
        ("Mon badge ouvre la porte principale mais pas <room>, dont j’ai besoin dès lundi pour l’inventaire.",),
        ("essayé les deux lecteurs", "l’accueil ne voit aucun blocage"),
        ("Zone ajoutée au badge ; essayé ensemble devant la porte.",), system=("HID Signo 20",),
    ),
    Situation(
        "incident", "software/erp", "remote",
        ("ERP : la comptabilisation s’arrête avec l’erreur <code>", "ERP très lent depuis ce matin"),
        ("La comptabilisation s’arrête à la pièce <number>. Rien n’est passé ensuite, et la période ferme vendredi.",),
        ("relancé pour une seule pièce", "comparé au système de test : fonctionne"),
        ("La pièce <number> renvoyait à un centre de coûts fermé. Corrigé avec la comptabilité.",),
        "ORA-00054 : ressource occupée\ntravail <number> annulé sur <host>", department="accounting",
    ),
    Situation(
        "incident", "building/heating", "onsite",
        ("Chauffage froid en salle <room>", "La climatisation goutte en salle <room>"),
        ("Il fait 16 degrés en salle <room> ce matin. La vanne est ouverte, le tuyau est froid.",),
        ("vanne tournée dans les deux sens", "fenêtres fermées la nuit", "salles voisines : chaudes"),
        ("De l’air dans le circuit ; purgé, et la pompe remplacée par précaution.",), system=("Daikin VRV",),
    ),
    Situation(
        "request", "hardware/screen", "onsite",
        ("Second écran pour la salle <room>", "Écran plus grand après examen de la vue"),
        ("Pour la nouvelle mise en page, il me faut un second écran, de n’importe quel modèle d’au moins 1440 lignes.",),
        ("un appareil d’occasion convient", "la station a un second DisplayPort"),
        ("Installé sur la station et inscrit à l’inventaire sous <asset>.",), system=("Dell U2724D", "LG 27UP850"),
    ),
)  # fmt: skip
