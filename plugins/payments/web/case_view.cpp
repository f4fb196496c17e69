#include "web/case_view.h"

#include "web/case_list.h"
#include "web/case_text.h"
#include "web/payment_text.h"

namespace livery::payments {

namespace {

void AddFacts(const Formatter& t, const NamedCase& named, ViewModel& model) {
    const Payment& payment = named.payment;
    model.Set("amount", t.Amount(payment.amount))
        .Set("taken", payment.processed ? t.Amount(*payment.processed) : "")
        .Flag("was_taken", payment.processed.has_value())
        .Set("state", BadgeOf(payment, named.refunds))
        .Set("state_label", StaffStateText(payment, named.refunds, t))
        .Set("began", t.Moment(payment.shown_at))
        .Set("reference", payment.reference)
        .Set("provider", payment.instance)
        .Flag("has_provider", !payment.instance.empty())
        .Set("provider_id", payment.provider_id)
        .Flag("has_provider_id", !payment.provider_id.empty())
        .Set("fault", payment.fault)
        .Flag("has_fault", !payment.fault.empty())
        .Set("receipt", payment.receipt)
        .Flag("has_receipt", !payment.receipt.empty());
    auto& parts = model.Rows("parts", payment.parts.size());
    for (const Share& part : payment.parts)
        parts.emplace_back().Set("number", part.number).Set("amount", t.Amount(part.amount));
    model.Flag("has_parts", !payment.parts.empty());
}

void AddRefunds(const Formatter& t, const NamedCase& named, ViewModel& model) {
    auto& rows = model.Rows("refunds", named.refunds.size());
    for (const Refund& refund : named.refunds)
        rows.emplace_back()
            .Set("what", t.Text("refund_kind." + std::string(ToString(refund.kind))))
            .Set("date", t.Moment(refund.shown_at))
            .Set("state_label", t.Text("refund_state." + std::string(ToString(refund.state))))
            .Set("amount", t.Amount(refund.amount))
            .Set("reference", refund.reference)
            .Flag("is_asked_about", named.one.refund == refund.id);
    model.Flag("has_refunds", !named.refunds.empty());
}

// Who may not decide sees what waits, and no way to it.
void AddWays(const RequestContext& r, const NamedCase& named, ViewModel& model) {
    const bool may = r.May("payments.decide") && named.found.is_open;
    const bool decides = may && named.can_be_decided();
    const bool closes = may && !named.must_be_decided();
    model.Flag("has_ways", decides || closes)
        .Flag("can_decide", decides)
        .Flag("can_close", closes)
        .Set("page_href", PathOf(named.one));
}

void AddEnd(const Formatter& t, const FoundCase& found, ViewModel& model) {
    model.Flag("is_open", found.is_open)
        .Set("closed", found.is_open
                           ? ""
                           : t.Text("cases.closed",
                                    {{"name", found.by}, {"when", t.Moment(found.closed_at)}}))
        .Set("answer", found.answer);
}

}  // namespace

View CaseView(const RequestContext& r, const NamedCase& named,
              const std::map<AccountId, std::string>& names) {
    const Formatter& t = r.format();
    const std::string what = KindText(named.one.kind, t);
    View view{"staff_case", what, {}, 200, {}};
    view.model.Set("what", what)
        .Set("advice", AdviceText(named.one.kind, t))
        .Set("account", NameIn(names, named.payment.account))
        .Set("opened", t.Text("cases.since", {{"when", t.Moment(named.one.opened_at)}}));
    AddFacts(t, named, view.model);
    AddRefunds(t, named, view.model);
    AddWays(r, named, view.model);
    AddEnd(t, named.found, view.model);
    return view;
}

}  // namespace livery::payments
