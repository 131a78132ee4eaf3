"""What every estimate takes for granted, in plain words, and what is disputed about the method."""

from __future__ import annotations

ASSUMPTIONS = (
    "Closed population: nobody enters or leaves it while the lists are kept. Lists of several years count people who "
    "were never there at one time.",
    "Perfect matching: the same person on two lists is known to be the same, and two persons are never taken for one. "
    "One missed match in thin overlaps raises the estimate by much, one false match lowers it.",
    "Everybody can be listed: each person has some chance of standing on a list. Whoever has none is not in the "
    "estimate.",
    "Same meaning: all lists count the same thing (persons, not cases or reports; one definition of a victim; one "
    "territory and period).",
    "No interaction of all lists: how the lists depend on each other is learned from those who were seen, and is taken "
    "to hold for those who were not. No data can test this.",
)
METHOD_ASSUMPTIONS = {
    "independence": "Standing on one list makes no other list more or less likely, and everybody is equally likely to "
    "be on each list. Rarely true: the police refer to shelters, and children are on other lists than adults.",
    "stepwise": "Lists depend on each other in pairs only; a pair enters the model where its overlap is surprising.",
    "bic_all": "One hierarchical model holds; the Bayesian information criterion finds it among all.",
    "bic_order2": "One model of pairs holds; the Bayesian information criterion finds it.",
    "bic_downhill": "One hierarchical model holds and lies downhill from independence in the criterion.",
    "bma_decomposable": "One decomposable graph of dependences holds; all are averaged by their posterior weight. A "
    "prior of 2^-lists cases in each history and of 1/N for the total stands behind it.",
    "latent_class": "There are unseen kinds of cases; within a kind the lists are independent. Kinds that are hardly "
    "listed at all are not seen, so the estimate is often low.",
}
DISPUTE = (
    "Multiple systems estimation of trafficking is disputed. Its critics (Whitehead, Jackson, Balch and Francis 2021) "
    "hold that the lists are referrals of one another, that overlaps are too thin and the definition too wide, so "
    "that the number can be made nearly anything. Its authors (Vincent, Chan and Silverman) answer that sparse "
    "overlaps can be modelled and the uncertainty be said. Binette and Steorts (2022) found on known populations that "
    "intervals hold the truth less often than they say where lists depend on each other in ways that the data do not "
    "show. Aleshin-Guendel, Sadinle and Wakefield (2024) prove that the estimate rests on an assumption about the "
    "unseen that no data can test.",
    "So: read the methods side by side. Where they differ by more than their intervals, the data do not decide among "
    "them, and the honest answer is the whole range. An estimate is no count; it is not to be added to one, or "
    "compared with that of another country or year unless lists, definitions and methods are the same.",
)
SOURCES = (
    "Cormack, R. M. (1989). Log-linear models for capture-recapture. Biometrics 45, 395-413.",
    "Fienberg, S. E. and Rinaldo, A. (2012). Maximum likelihood estimation in log-linear models. Annals of Statistics "
    "40, 996-1023.",
    "Chan, L., Silverman, B. W. and Vincent, K. (2021). Multiple systems estimation for sparse capture data. Journal "
    "of the American Statistical Association 116, 1297-1306.",
    "Silverman, B. W., Chan, L. and Vincent, K. (2024). Bootstrapping multiple systems estimates to account for model "
    "selection. Statistics and Computing 34, 44.",
    "Madigan, D. and York, J. C. (1997). Bayesian methods for estimation of the size of a closed population. "
    "Biometrika 84, 19-31.",
    "Manrique-Vallier, D. (2016). Bayesian population size estimation using Dirichlet process mixtures. Biometrics 72, "
    "1246-1254.",
    "DiCiccio, T. J. and Efron, B. (1996). Bootstrap confidence intervals. Statistical Science 11, 189-228.",
    "Rivest, L.-P. and Baillargeon, S. (2007). Applications and extensions of Chao's moment estimator for the size of "
    "a closed population. Biometrics 63, 999-1006.",
    "Binette, O. and Steorts, R. C. (2022). On the reliability of multiple systems estimation for the quantification "
    "of modern slavery. Journal of the Royal Statistical Society A 185, 640-676.",
    "Whitehead, J., Jackson, J., Balch, A. and Francis, B. (2021). On the unreliability of multiple systems "
    "estimation for estimating the number of potential victims of modern slavery in the UK. Journal of Human "
    "Trafficking 7, 1-13.",
    "Aleshin-Guendel, S., Sadinle, M. and Wakefield, J. (2024). The central role of the identifying assumption in "
    "population size estimation. Biometrics 80.",
)
