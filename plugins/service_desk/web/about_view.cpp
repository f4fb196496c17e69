#include "web/about_view.h"

namespace livery::service_desk {

Subjects::WordsOf WordsFor(const RequestContext& r) {
    return [&r](const std::string& plugin) { return r.FormatterOf(plugin); };
}

void ShowAbout(const RequestContext& r, const Subjects& subjects, const Ticket& ticket,
               ViewModel& model) {
    const auto subject = subjects.Find(r.tenant(), ticket.account, ticket.about, WordsFor(r));
    const bool is_staff = r.request().path.starts_with("/console/");
    const std::string href = !subject ? "" : is_staff ? subject->console_href : subject->href;
    model.Flag("has_about", subject.has_value())
        .Set("about_label", subject ? subject->label : "")
        .Set("about_href", href)
        .Flag("has_about_href", !href.empty());
}

void ShowDispute(const RequestContext& r, const std::optional<Dispute>& dispute, Party reader,
                 ViewModel& model) {
    const Formatter& t = r.format();
    const std::string amount = dispute ? t.Amount(dispute->amount) : "";
    const std::string key =
        std::string(reader == Party::kCustomer ? "dispute_words." : "dispute_staff.") +
        (dispute ? std::string(ToString(dispute->outcome)) : "");
    model.Flag("has_dispute", dispute.has_value())
        .Flag("is_undecided", dispute && dispute->IsUndecided())
        .Set("dispute_amount", amount)
        .Set("dispute_words", dispute ? t.Text(key, {{"amount", amount}}) : "");
}

}  // namespace livery::service_desk
