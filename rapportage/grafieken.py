"""Charts as Vega-Lite specifications: plain data, that a page or a report can draw.

A colour is the name of a custom property of the theme (``--kcc-grafiek-1``); who draws fills in its
value. No chart needs colour to be understood: a line and bars stand in charts of their own, and the
norm is a dashed line with its name beside it.
"""

from typing import Any

from rapportage.tabellen import Punt, RijAfdeling

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LIJN, BALK = "--kcc-grafiek-1", "--kcc-grafiek-6"
NORM, AS, RASTER = "--kcc-grafiek-norm", "--kcc-grafiek-as", "--kcc-grafiek-raster"

_STIJL: Spec = {
    "background": None,
    "font": "--kcc-letter",
    "view": {"stroke": None},
    "axis": {
        "labelColor": AS,
        "titleColor": AS,
        "tickColor": RASTER,
        "domainColor": RASTER,
        "gridColor": RASTER,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
}


def _basis(hoogte: int) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": hoogte,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": _STIJL,
    }


def _as_tijd(punten: list[Punt]) -> Spec:
    return {
        "field": "dag",
        "type": "temporal",
        # The days are days in Amsterdam already; read as UTC no browser shifts them.
        "scale": {"type": "utc"},
        "axis": {
            "format": "%-d %b",
            "title": "" if punten and punten[0].naam == "dag" else "per week",
            "grid": False,
            "labelOverlap": True,
            "tickCount": 10,
        },
    }


def direct_opgelost(punten: list[Punt]) -> Spec:
    """A line per day with the norm dashed through it."""
    met_waarde = [p.procent for p in punten if p.procent is not None]
    normen = [p.norm for p in punten if p.norm is not None]
    # From zero nothing would be seen to move; the axis says so by its own numbers.
    laagste = min([*met_waarde, *normen], default=0.0)
    onder = max(0, int((laagste - 5) // 10) * 10)
    waarden = [
        {
            "dag": p.begin.isoformat(),
            "procent": p.procent,
            "norm": p.norm,
            "tekst": f"{_dag(p)}: {p.direct} van {p.behandeld}",
        }
        for p in punten
    ]
    lagen: list[Spec] = [
        {
            "mark": {"type": "line", "color": LIJN, "strokeWidth": 2.5},
            "encoding": {"y": _as_procent(onder)},
        },
        {
            "mark": {"type": "point", "color": LIJN, "filled": True, "size": 40},
            "encoding": {
                "y": _as_procent(onder),
                "tooltip": {"field": "tekst", "type": "nominal"},
            },
        },
    ]
    if normen:
        lagen.insert(
            0,
            {
                "mark": {
                    "type": "line",
                    "color": NORM,
                    "strokeDash": [6, 4],
                    "strokeWidth": 1.5,
                    "interpolate": "step-after",
                },
                "encoding": {"y": _as_procent(onder, "norm")},
            },
        )
        laatste = f"{normen[-1]:g}".replace(".", ",")
        lagen.append(
            {
                "data": {
                    "values": [
                        {
                            "dag": waarden[-1]["dag"],
                            "norm": normen[-1],
                            "naam": f"norm {laatste} %",
                        }
                    ]
                },
                "mark": {
                    "type": "text",
                    "color": NORM,
                    "align": "left",
                    "baseline": "middle",
                    "dx": 8,  # beside the line, where nothing can run through it
                    "fontSize": 12,
                    "fontWeight": 600,
                },
                "encoding": {
                    "y": _as_procent(onder, "norm"),
                    "text": {"field": "naam", "type": "nominal"},
                },
            }
        )
    return {
        **_basis(230),
        "data": {"values": waarden},
        "encoding": {"x": _as_tijd(punten)},
        "layer": lagen,
    }


def _as_procent(onder: int, veld: str = "procent") -> Spec:
    return {
        "field": veld,
        "type": "quantitative",
        "scale": {"domain": [onder, 100], "zero": False},
        "axis": {"title": "% direct opgelost", "tickCount": 5, "format": ".0f"},
    }


def contacten(punten: list[Punt]) -> Spec:
    """Bars from zero."""
    return {
        **_basis(230),
        "data": {
            "values": [
                {
                    "dag": p.begin.isoformat(),
                    "contacten": p.contacten,
                    "tekst": f"{_dag(p)}: {p.contacten} contacten",
                }
                for p in punten
            ]
        },
        "mark": {"type": "bar", "color": BALK, "width": {"band": 0.7}},
        "encoding": {
            # A band per day gives the bars their width on every screen.
            "x": {
                "field": "dag",
                "type": "ordinal",
                "timeUnit": "utcyearmonthdate",
                "axis": {
                    "format": "%-d %b",
                    "title": "" if punten and punten[0].naam == "dag" else "per week",
                    "labelOverlap": True,
                    "labelSeparation": 12,
                    "labelAngle": 0,
                    "grid": False,
                },
            },
            "y": {
                "field": "contacten",
                "type": "quantitative",
                "axis": {"title": "contacten", "tickCount": 5, "tickMinStep": 1},
            },
            "tooltip": {"field": "tekst", "type": "nominal"},
        },
    }


def binnen_termijn(rijen: list[RijAfdeling]) -> Spec:
    """A bar per afdeling with its figure written in it, and a stripe where its norm is."""
    y: Spec = {
        "field": "afdeling",
        "type": "nominal",
        "sort": None,
        "axis": {"title": "", "labelLimit": 170, "ticks": False, "domain": False},
    }
    x: Spec = {
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": "% binnen termijn", "tickCount": 5},
    }
    return {
        **_basis(30 * len(rijen) + 50),
        "data": {
            "values": [
                {
                    "afdeling": rij.naam,
                    "procent": rij.procent,
                    "norm": rij.norm,
                    "label": f"{rij.binnen_termijn} (n = {rij.verschuldigd})",
                    "tekst": f"{rij.naam}: {rij.binnen_termijn} van {rij.verschuldigd} taken",
                }
                for rij in rijen
            ]
        },
        "encoding": {"y": y, "tooltip": {"field": "tekst", "type": "nominal"}},
        "layer": [
            {
                "mark": {"type": "bar", "color": RASTER, "height": {"band": 0.75}},
                "encoding": {"x": {**x, "field": "procent"}},
            },
            {
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 6,
                    "color": NORM,
                    "fontSize": 12,
                },
                "encoding": {
                    "x": {**x, "datum": 0},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
            {
                "mark": {
                    "type": "tick",
                    "color": NORM,
                    "thickness": 2,
                    "height": {"band": 0.95},
                },
                "encoding": {"x": {**x, "field": "norm"}},
            },
        ],
    }


def _dag(punt: Punt) -> str:
    return f"{'' if punt.naam == 'dag' else 'week van '}{punt.begin:%d-%m-%Y}"
