"""Signs of units behind a number, and 每 for the stroke between two units: 元/月."""

import re
from collections.abc import Mapping

_UNITS = (
    "元块万次人名户张家床份时钟天日里米升克斤吨度个位片粒例点餐顿趟间套枚尔摩"  # last characters
)
_EACH = (
    "月|天|年|日|周|次|人|小时|时|分钟|分|秒|张|户|床|位|名|平方米|平米|立方米|公斤|千克|斤|升|毫升|公里|百米|"
    "个|间|套|份|餐|顿|趟|床日|人次|季度|学期|课时|片|粒|克|家|村|社区|机构|项|单|辆|场"
)
_STROKE = re.compile(rf"(?<=[{_UNITS}])[ ]?[/／][ ]?(?=每?(?:{_EACH}))")
_EACH_OF = re.compile(r"(?<=每[人户床位份家张次])[·・](?=[月天年日次周])")


def unit_pattern(units: Mapping[str, str]) -> re.Pattern[str]:
    """Any of `units` right behind a digit (or behind a stroke), the longest first."""
    names = "|".join(re.escape(name) for name in sorted(units, key=len, reverse=True))
    return re.compile(
        rf"(?<=[\d余多个万])[ ]?({names})(?![A-Za-z²³])|(?<=/)({names})(?![A-Za-z²³])"
    )


def say_units(text: str, units: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    """120km/h → 120公里每小时, 3.5元/小时 → 3.5元每小时, 85㎡ → 85平方米."""
    text = pattern.sub(lambda match: units[match[1] or match[2]], text)
    return _EACH_OF.sub("每", _STROKE.sub("每", text))
