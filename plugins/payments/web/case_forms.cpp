#include "web/case_forms.h"

#include <livery/money/typed_amount.h>
#include <livery/utf8.h>

#include "web/case_list.h"
#include "web/case_text.h"
#include "web/staff_parts.h"

namespace livery::payments {

namespace {

FormPage FormOf(const RequestContext& r, const NamedCase& named, const char* way) {
    const Formatter& t = r.format();
    const std::string page = PathOf(named.one);
    FormPage form;
    form.intro = AdviceText(named.one.kind, t);
    form.action = page + way;
    form.back = {KindText(named.one.kind, t), page};
    return form;
}

void AskWhatWasTaken(const RequestContext& r, const Payment& payment, FormPage& form) {
    const Formatter& t = r.format();
    const std::string asked = t.Amount(payment.amount);
    form.title = t.Text("decide.title");
    form.fields.push_back(
        ChoiceField(r, "was_taken", t.Text("decide.was_taken", {{"amount", asked}}),
                    {{"yes", t.Text("decide.taken")}, {"no", t.Text("decide.not_taken")}}));
    form.fields.push_back({.name = "amount",
                           .label = t.Text("decide.amount"),
                           .value = std::string(r.Form("amount")),
                           .hint = t.Text("decide.amount_hint", {{"amount", asked}}),
                           .required = false});
    if (!payment.provider_id.empty()) return;
    form.fields.push_back({.name = "provider_id",
                           .label = t.Text("cases.provider_id"),
                           .value = std::string(r.Form("provider_id")),
                           .hint = t.Text("decide.provider_id_hint"),
                           .required = false});
}

void AskWhatWentBack(const RequestContext& r, const NamedCase& named, FormPage& form) {
    const Formatter& t = r.format();
    std::vector<FormField::Option> options;
    if (named.may_say(true)) options.push_back({"yes", t.Text("decide.went_back")});
    if (named.may_say(false)) options.push_back({"no", t.Text("decide.not_back")});
    form.title = t.Text("decide.refund_title");
    form.fields.push_back(ChoiceField(
        r, "went_back", t.Text("decide.has_payer", {{"amount", t.Amount(named.refund()->amount)}}),
        std::move(options)));
}

// nullopt: neither yes nor no.
std::optional<bool> YesOrNo(std::string_view said) {
    if (said == "yes") return true;
    return said == "no" ? std::optional(false) : std::nullopt;
}

}  // namespace

FormPage CloseForm(const RequestContext& r, const NamedCase& named) {
    FormPage form = FormOf(r, named, "/close");
    form.title = r.format().Text("cases.close_title");
    form.submit = r.format().Text("cases.close");
    form.fields = {ReasonField(r)};
    return form;
}

FormPage DecideForm(const RequestContext& r, const NamedCase& named) {
    FormPage form = FormOf(r, named, "/decide");
    if (named.refund() != nullptr)
        AskWhatWentBack(r, named, form);
    else
        AskWhatWasTaken(r, named.payment, form);
    form.fields.push_back(ReasonField(r));
    form.submit = r.format().Text("decide.submit");
    return form;
}

Result<PaymentDesk::Decision> PaymentDecisionIn(const RequestContext& r, const Payment& payment) {
    const auto taken = YesOrNo(r.Form("was_taken"));
    if (!taken) return InvalidField("was_taken", "error.choose");
    PaymentDesk::Decision decision{*taken, NameOf(r.visitor()), std::string(r.Form("reason"))};
    // Of what was not taken there is neither: what stands there was left over.
    if (!*taken) return decision;
    decision.provider_id = r.Form("provider_id");
    if (r.Form("amount").empty()) return decision;
    decision.amount =
        ParseTypedMoney(r.Form("amount"), NumberMarks::Of(r.format()), payment.amount.currency());
    if (!decision.amount) return InvalidField("amount", "error.amount");
    return decision;
}

Result<Refunds::Decision> RefundDecisionIn(const RequestContext& r, RefundId refund) {
    const auto back = YesOrNo(r.Form("went_back"));
    if (!back) return InvalidField("went_back", "error.choose");
    return Refunds::Decision{refund, *back, NameOf(r.visitor()), std::string(r.Form("reason"))};
}

std::string NameOf(const Visitor& visitor) {
    constexpr std::size_t kLongestName = 80;  // what a case keeps (domain/said_by.h)
    return std::string(Beginning(visitor.display_name, kLongestName));
}

}  // namespace livery::payments
