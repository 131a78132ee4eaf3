"""The invented people of the story. Their names are put together from common parts and trees; nobody bears them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody of the story: what is sealed about them (names, account) and what stays open (facts)."""

    first: str
    second: str
    age: int
    gender: str
    language: str
    account: str
    facts: dict[str, Any] = field(default_factory=dict)
    other_names: str = ""
    status: str = "presumed"

    @property
    def child(self) -> bool:
        return self.age < 18


def _works(industry: str, *forms: str, **more: Any) -> dict[str, Any]:
    return {
        "role": "exploited", "exploitation": list(forms), "industry": industry,
        "control_methods": ["WithholdsDocuments", "wages_withheld"], "recruitment_methods": ["false_job_offer"], **more,
    }  # fmt: skip


HERE = {"origin": "own_national", "movement": "internal"}
ABROAD = {"origin": "foreign", "movement": "cross_border", "entry": "regular"}
HIDDEN = {"origin": "foreign", "movement": "cross_border", "entry": "irregular"}
F, M = "Feminine", "Masculine"

PEOPLE: dict[str, Person] = {
    "site": Person(
        "Dragan", "Zlatar", 41, M, "sr",
        "He was promised a mason's pay on a building site. The foreman took his papers on the first day and paid "
        "nothing for four months; whoever asked was told that the police would be called.",
        _works("F_Construction", "construction_labour", **HERE),
    ),
    "bar": Person(
        "Оксана", "Ялинова", 27, F, "uk",
        "She answered an offer for a waitress. In the bar she owed the fare, the room and the clothes; she could go "
        "out with somebody only.",
        _works("entertainment", "SexualExploitation", interpreter_needed="yes", agreed_at_first="yes", **HIDDEN),
    ),
    "workshop": Person(
        "Besnik", "Ahu", 35, M, "sq",
        "He sewed sixteen hours a day in a workshop and slept between the machines. The door was locked at night.",
        _works("textile_workshop", "ForcedLabour", interpreter_needed="yes", **ABROAD), other_names="Беса",
    ),
    "house": Person(
        "Mirela", "Dushku", 33, F, "sq",
        "She kept a family's house for two years without a free day. The family kept her passport for safety.",
        _works("domestic_work", "domestic_servitude", interpreter_needed="yes", **ABROAD),
    ),
    "farm": Person(
        "Јован", "Брезић", 52, M, "sr",
        "He picks fruit for food and a bed. What he is said to owe grows each week.",
        _works("seasonal_farm_work", "seasonal_agriculture", "debt_bondage_labour", **HERE),
    ),
    "corner": Person(
        "Марија", "Јавор", 13, F, "sr",
        "She sits at the crossing from morning to evening and hands over what she gets. She must bring a sum each day.",
        {"role": "exploited", "exploitation": ["forced_begging_child"],
         "control_methods": ["power_over_child"], **HERE},
    ),
    "doubt": Person(
        "Taras", "Dubenko", 18, M, "uk",
        "His papers say eighteen. He says that somebody else filled them in, and that he has two years of school left.",
        {"role": "exploited", "exploitation": ["forced_stealing"], "interpreter_needed": "yes", **HIDDEN},
    ),
    "sent": Person(
        "Милош", "Врбић", 15, M, "sr",
        "Older boys take him along to open windows. They say that nothing happens to a child.",
        {"role": "made_to_offend", "exploitation": ["forced_stealing"], "control_methods": ["PhysicalThreats"], **HERE},
    ),
    "waits": Person(
        "Снежана", "Липовац", 24, F, "sr",
        "Her partner brought her to three towns. She gave him everything; he showed her pictures of her sister.",
        _works("entertainment", "SexualExploitation", recruitment_methods=["intimate_relationship"], **HERE),
    ),
    "late": Person(
        "Nikola", "Topola", 46, M, "sr",
        "He washed cars for a roof. When he was ill they put him on the street.",
        _works("car_wash", "street_selling", **HERE),
    ),
    "full": Person(
        "Elena", "Stejar", 29, F, "ro",
        "She cared for an old man day and night. The agency held back her pay until the end, and the end never came.",
        _works("care_work", "ForcedLabour", secondary_language="en", **ABROAD),
    ),
    "tongue": Person(
        "Ayşe", "Çınar", 31, F, "tr",
        "She cleaned hotel rooms. She was told that whoever leaves pays the whole contract.",
        _works("cleaning", "debt_bondage_labour", interpreter_needed="yes", **ABROAD),
    ),
    "home": Person(
        "Весна", "Јасенов", 38, F, "sr",
        "Her brother-in-law took her benefits and her papers; she worked in his kitchen.",
        _works("restaurant_hotel", "Servitude", relationship_to_exploiter="other_relative", **HERE),
    ),
    "school": Person(
        "Петра", "Храст", 19, F, "sr",
        "She was to learn hairdressing. She worked in a flat without a sign on the door.",
        _works("S_OtherServiceActivities", "SexualExploitation", **HERE),
    ),
    "leaves": Person(
        "Ion", "Fagaru", 44, M, "ro",
        "He cut wood above the snow line with eleven others. They were driven down when the inspectors came.",
        _works("forestry", "ForcedLabour", secondary_language="sr", **ABROAD),
    ),
    "danger": Person(
        "Красимир", "Боров", 36, M, "bg",
        "Two men wait in front of his sister's house. He knows where the lorries are loaded.",
        _works("H_TransportationAndStorage", "forced_drug_crime", role="made_to_offend", **ABROAD),
    ),
    "second": Person(
        "Desislava", "Lipova", 22, F, "bg",
        "She left through a window. The man who brought her has a copy of her mother's address.",
        _works("entertainment", "SexualExploitation", **ABROAD),
    ),
    "refuses": Person(
        "Ивана", "Топола", 40, F, "sr",
        "She does not want a label. She wants her wages and her sewing machine back.",
        _works("textile_workshop", "ForcedLabour", sees_it_as_voluntary="yes", **HERE),
    ),
    "declines": Person(
        "Marija", "Kesten", 26, F, "sr",
        "She sleeps at a friend's. She is afraid of houses with rules and a key.",
        _works("restaurant_hotel", "SexualExploitation", **HERE),
    ),
    "done": Person(
        "Đorđe", "Đurin", 57, M, "sr",
        "He dug foundations for a man who never wrote anything down. His wages were paid after a claim.",
        _works("F_Construction", "construction_labour", **HERE),
    ),
    "after": Person(
        "Ardita", "Lisi", 30, F, "sq",
        "She went back to her town and trains as a baker. She wants to be called again, by the same person.",
        _works("domestic_work", "domestic_servitude", **ABROAD),
    ),
    "risk": Person(
        "Ivana", "Jasenov", 20, F, "sr",
        "A man whom she knows from the telephone has paid for a ticket. She wants to ask somebody first.",
        {"role": "at_risk", "exploitation": ["undetermined"], **HERE}, status="potential",
    ),
    "ill": Person(
        "Билјана", "Брест", 45, F, "sr",
        "They sat her in front of the church because of her leg. In the evening somebody collected the money and her.",
        {"role": "exploited", "exploitation": ["forced_begging_adult"],
         "control_methods": ["abuse_of_vulnerability"], **HERE},
    ),
    "field": Person(
        "Александар", "Габер", 23, M, "mk",
        "He watered plants in a cellar and was not let out. When the police came he was the only one there.",
        _works("A_AgricultureForestryAndFishing", "forced_drug_crime", role="made_to_offend", **HIDDEN),
    ),
    "sisters": Person(
        "Vesna", "Hrast", 16, F, "sr",
        "Her grandmother agreed on a marriage and was paid. She wants to finish her school year.",
        {"role": "exploited", "exploitation": ["child_marriage"],
         "recruitment_methods": ["sold_or_handed_over"], **HERE},
    ),
}  # fmt: skip
