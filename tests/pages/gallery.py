"""Every component on one page, with real words: looked at as a picture, and checked for accessibility."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from core.cells import Cell
from core.charts import bar_chart, stacked_bar
from core.fields import BrusselsDateTimeField, CleanCharField, CleanTextField, DayField, DecimalField, MoneyField
from core.formats import euro

TEMPLATE = Path(__file__).with_name("gallery.html")
STATES = [("BG", "България"), ("EL", "Ελλάδα"), ("MT", "Malta"), ("AT", "Österreich")]


class SampleForm(forms.Form):
    title = CleanCharField(label="Title of the project", max_length=150, help_text="As it will stand in the letter.")
    email = forms.EmailField(label="Contact")
    state = forms.ChoiceField(label="Member State", choices=[("", "Choose one"), *STATES])
    amount = MoneyField(label="Requested contribution (EUR)", help_text="At most 90 % of the eligible costs.")
    rate = DecimalField(label="Rate (%)", required=False)
    months = forms.IntegerField(label="Duration in months")
    starts = DayField(label="Start", required=False)
    closes_at = BrusselsDateTimeField(label="Closing time")
    summary = CleanTextField(label="Summary", max_length=500, help_text="Plain words; it is published after award.")
    kind = forms.ChoiceField(
        label="Kind of action", widget=forms.RadioSelect, choices=[("a", "Training of officers"), ("b", "Equipment")]
    )
    objectives = forms.MultipleChoiceField(
        label="Objectives",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Crime prevention"), ("2", "Risk and crisis management")],
    )
    partners = forms.MultipleChoiceField(label="Partners", choices=STATES, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    paper = forms.FileField(label="Quotation", help_text="PDF, at most 10 MB.", required=False)
    true = forms.BooleanField(label="I declare on my honour that the information is true and complete.")
    token = forms.CharField(widget=forms.HiddenInput, initial="x")


class FilterForm(forms.Form):
    hide_optional = True
    q = CleanCharField(label="Search", required=False, max_length=100)
    state = forms.ChoiceField(label="Member State", choices=[("", "All"), *STATES], required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def column(name, label, *, sorted_=None, sortable=True, numeric=False):
    return SimpleNamespace(
        name=name,
        label=label,
        sorted=sorted_,
        sortable=sortable,
        sort_url=f"?sort={name}",
        side="gp-num" if numeric else "",
    )


def sample_list(*, empty=False):
    headers = [
        column("number", "Number", sorted_="ascending"),
        column("title", "Title"),
        column("applicant", "Applicant"),
        column("amount", "Requested", numeric=True),
        column("status", "Status", sortable=False),
    ]
    texts = [
        ("0001", "Δίκτυο κατά της εμπορίας όπλων", "Ελληνική Αστυνομία", "1250000", "Submitted", "info"),
        ("0002", "Общ център за анализ", "Главна дирекция „Гранична полиция“", "930500.5", "Eligible", "good"),
        ("0003", "Taħriġ kontra ċ-ċiberkriminalità", "Il-Korp tal-Pulizija", "84000", "Question", "warning"),
        ("0004", "Forensische Datenbank", "Bundeskriminalamt", "2100000", "Rejected", "bad"),
        ("0005", "Řízení krizí na hranicích", "Policie České republiky", "415000", "Draft", "neutral"),
    ]  # fmt: skip
    return SimpleNamespace(
        title="Drafts" if empty else "Applications",
        headers=headers,
        columns=headers,
        rows=[] if empty else [SimpleNamespace(cells=cells_of(headers, row)) for row in texts],
        left_out=[] if empty else ["“colour” is no filter of this list."],
        count_label="1000+",
        next_url="?page=b",
        previous_url="?page=a",
        csv_url="?format=csv",
        semicolon_url="?format=csv-semicolon",
        xlsx_url="?format=xlsx",
        filter_form=FilterForm({"state": "EL"}) if not empty else FilterForm(auto_id="empty_%s"),
        active_filters=[] if empty else [("Member State: Ελλάδα", "?")],
        empty_text="No application yet. The first one appears here when it is submitted.",
    )


def cells_of(headers, row):
    number, title, applicant, amount, status, tone = row
    values = [
        (f"ISFP-2026-{number}", "#", None),
        (title, None, None),
        (applicant, None, None),
        (euro(amount), None, None),
        (status, None, tone),
    ]
    return [
        SimpleNamespace(column=header, text=text, url=url, tone=tone)
        for header, (text, url, tone) in zip(headers, values, strict=True)
    ]


def sample_steps():
    return [
        SimpleNamespace(name="submit", label="Submit", page="", preview="", needs_reason=False),
        SimpleNamespace(name="edit", label="Edit", page="gallery", preview="", needs_reason=False),
        SimpleNamespace(name="withdraw", label="Withdraw", page="", preview="", needs_reason=True),
    ]


def sample_context():
    now = timezone.now()
    money = [
        ("Bulgaria", Decimal(32002293)),
        ("Germany", Decimal(79504401)),
        ("Italy", Decimal(56631761)),
        ("Malta", Decimal(8979107)),
    ]
    wrong = {
        "title": "",
        "amount": "1.234",
        "closes_at": "2026-03-29T02:30",
        "summary": "Joint patrols.",
        "months": "x",
        "token": "x",
    }
    return {
        "now": now,
        "form": SampleForm(auto_id="fresh_%s"),
        "wrong_form": SampleForm(wrong, auto_id="wrong_%s"),
        "list": sample_list(),
        "empty_list": sample_list(empty=True),
        "steps": sample_steps(),
        "row": SimpleNamespace(pk="7"),
        "soon": now + timedelta(days=3, hours=4),
        "past": now - timedelta(minutes=12),
        "facts": [
            ("Number", "ISFP-2026-0001"),
            ("Applicant", "Ελληνική Αστυνομία"),
            ("Requested", euro("1250000")),
            ("Reason", None),
        ],
        "figures": [("64", "applications", "#"), (euro("18250000.5"), "requested"), ("26", "Member States")],
        "columns": ["Category", "Partner", "Cost"],
        "rows": [
            ["Staff", "Universität Wien", euro(420000)],
            [Cell("Equipment", url="#"), Cell("Checked", tone="good"), euro("38500.5")],
        ],
        "footer": ["Total", "", euro("458500.5")],
        "numeric": [2],
        "bar_steps": [
            ("Identity", "done", "#"),
            ("Partners", "done", "#"),
            ("Budget", "current"),
            ("Documents", "error"),
            ("Submit", "todo"),
        ],
        "entries": [
            {"at": now, "title": "Submitted", "by": "Μαρία Παπαδοπούλου", "text": "Version 2, with one annex."},
            {"at": now - timedelta(days=2), "title": "Draft started", "by": "Μαρία Παπαδοπούλου"},
        ],
        "files": [
            {"name": "receipt.pdf", "url": "#", "size": 48213, "sha256": "ab12" * 16, "note": "Receipt"},
            {"name": "../../x.pdf", "size": 12},
        ],
        "tabs": [("Overview", "#", True), ("Budget", "#", False), ("Documents", "#", False, 3)],
        "prose": "First line.\n\nSecond <b>line</b>.",
        "gaps": ["The budget is not complete.", ("Name a contact person.", "#")],
        "bars": bar_chart("Allocation by Member State", money, show=euro),
        "shares": stacked_bar(
            "Requested by objective", [("Crime prevention", 12), ("Risk and crisis", 7), ("<b>Other</b>", 1)]
        ),
    }


@login_not_required
def gallery(request):
    messages.success(request, "Done: Submit – ISFP-2026-0001.")
    template = engines["django"].from_string(TEMPLATE.read_text())
    return HttpResponse(template.render(sample_context(), request))


@login_not_required
def halfway(request):
    return JsonResponse({"done": 43, "total": 64, "finished": False})


@login_not_required
def autosave(request):
    """Answers as a page with autosave does; the title "stale" stands for a save by somebody else."""
    if request.POST.get("title") == "stale":
        return JsonResponse({"detail": "Somebody else saved this in the meantime; load the page again."}, status=409)
    return JsonResponse({"saved_at": timezone.now().isoformat(), "stamp": "2"})


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("gallery/halfway/", halfway, name="halfway"),
    path("gallery/autosave/", autosave, name="autosave"),
]
