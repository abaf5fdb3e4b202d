"""What a person reads aloud to find out which model hears them best.

Written for this: sentences as they come up in interviews, with names and long words, and without
figures, which a recognizer may write in more than one right way.
"""

from __future__ import annotations

PARAGRAPHS = {
    "en": (
        "When I joined the logistics team, every release took about three weeks and nobody quite "
        "knew why. I asked the engineers to show me how a change really travels, from the first "
        "idea to the moment a customer in Rotterdam sees it. We found two approvals that no one "
        "had ever questioned. Removing them was awkward, because a director had introduced them "
        "years before, but I wrote down what we would measure and suggested a trial. Half a year "
        "later we shipped every Thursday, complaints had fallen, and even the director called it "
        "a thorough piece of work."
    ),
    "de": (
        "Als ich ins Team für Logistik kam, dauerte jede Veröffentlichung etwa drei Wochen, und "
        "niemand wusste genau, warum. Ich bat die Entwickler, mir zu zeigen, welchen Weg eine "
        "Änderung wirklich nimmt, von der ersten Idee bis zu dem Augenblick, in dem eine Kundin "
        "in Rotterdam sie sieht. Wir fanden zwei Freigaben, die nie jemand hinterfragt hatte. Sie "
        "abzuschaffen war unangenehm, denn eine Direktorin hatte sie vor Jahren eingeführt, aber "
        "ich schrieb auf, was wir messen würden, und schlug einen Versuch vor. Ein halbes Jahr "
        "später lieferten wir jeden Donnerstag."
    ),
    "fr": (
        "Quand je suis arrivé dans l'équipe logistique, chaque livraison prenait environ trois "
        "semaines et personne ne savait vraiment pourquoi. J'ai demandé aux ingénieurs de me "
        "montrer le chemin d'un changement, de la première idée jusqu'au moment où un client de "
        "Rotterdam le découvre. Nous avons trouvé deux validations que personne n'avait jamais "
        "remises en question. Les supprimer était délicat, mais j'ai écrit ce que nous allions "
        "mesurer et proposé un essai. Une demi-année plus tard, nous livrions chaque jeudi."
    ),
    "es": (
        "Cuando llegué al equipo de logística, cada entrega tardaba unas tres semanas y nadie "
        "sabía muy bien por qué. Pedí a los ingenieros que me mostraran el camino de un cambio, "
        "desde la primera idea hasta el momento en que un cliente de Róterdam lo ve. Encontramos "
        "dos aprobaciones que nadie había cuestionado jamás. Quitarlas era incómodo, pero escribí "
        "lo que íbamos a medir y propuse una prueba. Medio año después entregábamos todos los "
        "jueves."
    ),
}
"""By language; the first is offered first."""
