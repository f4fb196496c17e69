#include "web/subscription_model.h"

#include <algorithm>

#include <livery/ports/subscription_changes.h>

namespace livery::subscriptions {

namespace {

// Below the heading "next charge".
std::string NextCell(const AgreementWords& words) {
    if (words.IsOver()) return "—";
    if (const auto end = words.EndsAt())
        return words.format().Text("next.ends", {{"date", words.DayOf(*end)}});
    const auto next = words.NextDue();
    return next ? words.DayOf(next->on) : "—";
}

void ShowNextCharge(const AgreementWords& words, ViewModel& model) {
    const auto next = words.NextDue();
    const bool covers = next && !next->covers.IsEmpty();
    const bool usage_alone = next && next->IsUsageAlone();
    model.Flag("has_next", next.has_value())
        .Flag("next_is_amount", next && !usage_alone)
        .Set("next_amount", next ? words.format().Amount(next->amount) : "")
        .Set("next_date", next ? words.DayOf(next->on, Formatter::DateStyle::kLong) : "")
        .Set("next_covers", covers ? words.DaysOf(next->covers) : "")
        .Flag("next_with_usage", next && next->with_usage && !usage_alone);
}

// A phase as its own days, cut where the plan was chosen, is left or ends.
void ShowPhases(const AgreementWords& words, ViewModel& model) {
    const Formatter& t = words.format();
    const Choice& choice = words.view().ChoiceAt(words.now());
    CivilTime until = words.view().StopsAt().value_or(CivilTime::max());
    for (const Choice& later : words.agreement().choices) {
        if (later.from > choice.from) until = std::min(until, later.from);
    }
    auto& rows = model.Rows("phases");
    for (const DatedPhase& phase : words.view().PhasesOf(choice)) {
        const Span span =
            Intersect({phase.from, phase.to.value_or(CivilTime::max())}, {choice.from, until});
        if (span.IsEmpty()) continue;
        const bool past = span.to <= words.now();
        const bool for_good = span.to == CivilTime::max();
        const bool trial = phase.kind == billing::PhaseKind::kTrial;
        const char* names[] = {"phase.trial", "phase.discount", "phase.fixed_term",
                               "phase.evergreen"};
        rows.emplace_back()
            .Set("name", t.Text(names[static_cast<int>(phase.kind)]))
            .Set("dates", for_good ? t.Text("phase.from", {{"from", words.DayOf(span.from)}})
                                   : words.DaysOf(span))
            .Set("price", trial ? t.Text("price.free") : words.UnitPriceFrom(span.from))
            .Flag("past", past)
            .Flag("current", !past && span.from <= words.now());
    }
}

// The choices, the newest first.
void ShowHistory(const AgreementWords& words, ViewModel& model) {
    const auto& choices = words.agreement().choices;
    auto& rows = model.Rows("history", choices.size());
    for (auto choice = choices.rbegin(); choice != choices.rend(); ++choice) {
        if (!words.view().IsReached(*choice)) continue;
        const std::string plan = words.PlanOf(*choice);
        const std::string quantity = words.QuantityOf(*choice);
        const std::string price = words.UnitPriceFrom(choice->from);
        rows.emplace_back()
            .Set("icon", choice->from > words.now() ? "calendar-clock" : "circle-dot")
            .Set("date", words.DayOf(choice->from))
            .Set("text",
                 words.format().Text("history.choice",
                                     {{"plan", plan}, {"quantity", quantity}, {"price", price}}));
    }
}

void ShowBundle(const Detail& detail, ViewModel& model) {
    const Agreement& agreement = detail.words.agreement();
    model.Flag("has_base", false).Set("base_name", "").Set("base_href", "");
    auto& rows = model.Rows("addons");
    for (const Agreement& other : detail.of_account) {
        const AgreementWords words(other, detail.words.catalog(), detail.words.now(),
                                   detail.words.format());
        if (agreement.base == other.id)
            model.Flag("has_base", true)
                .Set("base_name", words.Product())
                .Set("base_href", words.Path());
        if (other.base == agreement.id) ShowRow(words, rows.emplace_back());
    }
    model.Flag("has_addons", !rows.empty());
}

// The words for it where it was chosen from a list, else as it was written.
std::string ReasonText(const std::string& reason, const Formatter& t) {
    return IsCancelReason(reason) ? t.Text("reason." + reason) : reason;
}

std::string EndText(const AgreementWords& words) {
    const Formatter& t = words.format();
    const std::string date = words.DayOf(*words.EndsAt(), Formatter::DateStyle::kLong);
    const std::string reason(words.view().EndReason());
    if (reason.empty())
        return t.Text(words.IsOver() ? "notice.ended" : "notice.ends", {{"date", date}});
    if (reason == kBaseEnded) return t.Text("notice.ends_with_base", {{"date", date}});
    const std::string said = ReasonText(reason, t);
    return t.Text(words.IsOver() ? "notice.ended_because" : "notice.ends_because",
                  {{"date", date}, {"reason", said}});
}

// What lies ahead or holds now and is out of the ordinary.
void ShowNotices(const AgreementWords& words, ViewModel& model) {
    const Formatter& t = words.format();
    const Agreement& agreement = words.agreement();
    auto& rows = model.Rows("notices");
    const auto say = [&](const char* icon, std::string text) {
        // An arrow points to where reading goes on.
        rows.emplace_back()
            .Set("icon", icon)
            .Flag("turns", icon == std::string_view("arrow-right"))
            .Set("text", std::move(text));
    };
    for (auto choice = agreement.choices.begin() + 1; choice != agreement.choices.end(); ++choice) {
        if (choice->from <= words.now() || !words.view().IsReached(*choice)) continue;
        const std::string plan = words.PlanOf(*choice);
        const std::string quantity = words.QuantityOf(*choice);
        const bool same_plan = choice->plan == std::prev(choice)->plan;
        say("arrow-right",
            t.Text(same_plan ? "notice.quantity_changes" : "notice.changes",
                   {{"plan", plan}, {"quantity", quantity}, {"date", words.DayOf(choice->from)}}));
    }
    for (const Pause& pause : words.view().Pauses()) {
        if (words.IsOver() || (pause.to && *pause.to <= words.now())) continue;
        const std::string from = words.DayOf(pause.from);
        say("circle-dot", pause.to ? t.Text("notice.paused_until",
                                            {{"from", from}, {"to", words.DayOf(*pause.to)}})
                                   : t.Text("notice.paused", {{"from", from}}));
    }
    const Anchor& anchor = words.view().Anchors().back();
    if (const auto day = words.view().BillingDay(); day && anchor.from > words.now()) {
        const std::string from = words.DayOf(anchor.from);
        say("arrow-right", t.Text("notice.billing_day", {{"date", from}, {"day", *day}}));
    }
    if (words.EndsAt()) say("calendar-clock", EndText(words));
}

void ShowBilling(const Detail& detail, ViewModel& model) {
    const Formatter& t = detail.words.format();
    const auto& facts = detail.billing;
    const bool through = facts && facts->charged_through;
    model.Flag("has_charged_through", through)
        .Set("charged_through",
             through ? detail.words.DayOf(*facts->charged_through - std::chrono::seconds(1)) : "");
    auto& rows = model.Rows("documents");
    if (facts) {
        for (const auto& document : facts->documents) {
            rows.emplace_back()
                .Set("number",
                     document.number.empty() ? t.Text("documents.no_number") : document.number)
                .Set("href", "/invoices/" + document.id.ToString())
                .Set("kind", t.Text(document.is_credit_note ? "documents.credit_note"
                                                            : "documents.invoice"))
                .Set("date", t.Day(document.issued_on))
                .Set("amount", t.Amount(document.total))
                .Set("state", document.status)
                .Set("state_label", t.Text("state." + document.status));
        }
    }
    model.Flag("has_documents", !rows.empty());
}

void ShowActions(const Detail& detail, ViewModel& model) {
    auto& rows = model.Rows("actions");
    const auto offer = [&](bool possible, const char* name, const char* path) {
        if (!possible) return;
        rows.emplace_back()
            .Set("label", detail.words.format().Text(std::string("action.") + name))
            .Set("href", detail.words.Path() + "/" + path);
    };
    if (const auto& may = detail.choices) {
        // What lies ahead stands right above: first how it is taken back.
        offer(may->may_withdraw_change, "keep_plan", "keep-plan");
        offer(may->may_withdraw_cancel, "keep", "keep");
        offer(!may->plans.empty(), "change", "change");
        offer(!may->addons.empty(), "add_ons", "add-ons");
        offer(may->may_change_quantity || may->may_change_quantity_at_term_end, "quantity",
              "quantity");
        offer(may->billing_day_moves_at.has_value(), "billing_day", "billing-day");
        offer(may->may_pause, "pause", "pause");
        offer(may->may_resume, "resume", "resume");
        offer(may->may_cancel, "cancel", "cancel");
    }
    model.Flag("has_actions", !rows.empty());
}

}  // namespace

void ShowRow(const AgreementWords& words, ViewModel& row) {
    const std::string state = words.State();
    const Agreement& agreement = words.agreement();
    row.Set("product", words.Product())
        .Set("plan", words.Plan())
        .Set("href", words.Path())
        .Set("state", state)
        .Set("state_label", words.format().Text("state." + state))
        .Set("quantity", words.Quantity())
        .Set("price", words.Price())
        .Set("next", NextCell(words))
        .Set("site", agreement.site)
        .Flag("has_site", !agreement.site.empty())
        .Flag("is_addon", agreement.base.has_value());
}

void ShowDetail(const Detail& detail, ViewModel& model) {
    const AgreementWords& words = detail.words;
    ShowRow(words, model);
    model.Set("unit_price", words.UnitPrice())
        .Set("started_on", words.DayOf(words.agreement().started_at))
        .Set("id_text", words.agreement().id.ToString());
    const auto day = words.view().BillingDay();
    model.Flag("has_billing_day", day.has_value())
        .Set("billing_day", day ? words.format().Text("detail.day_of_month", {{"day", *day}}) : "");
    ShowNextCharge(words, model);
    ShowNotices(words, model);
    ShowPhases(words, model);
    ShowBundle(detail, model);
    ShowHistory(words, model);
    ShowBilling(detail, model);
    ShowActions(detail, model);
}

}  // namespace livery::subscriptions
