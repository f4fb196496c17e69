#include "web/asked_about.h"

#include "app/tickets.h"
#include "web/about_view.h"

namespace livery::service_desk {

namespace {

FormField& FieldOf(FormPage& form, std::string_view name) {
    for (FormField& field : form.fields)
        if (field.name == name) return field;
    throw BrokenInvariant("a form without its field " + std::string(name));
}

}  // namespace

std::string PathAbout(std::string_view text, bool disputes) {
    return "/tickets/new?about=" + std::string(text) + (disputes ? "&dispute=1" : "");
}

Result<Asked> AskedOf(const RequestContext& r, const Subjects& subjects) {
    Asked asked;
    if (r.Query("about").empty()) return asked;
    const auto about = subjects.Parse(r.tenant(), r.Query("about"));
    if (!about) return NotFound("nothing that a request can be about");
    auto subject = subjects.Find(r.tenant(), AccountOf(r), *about, WordsFor(r));
    if (!subject) return NotFound("not there, or not theirs");
    asked.about = *about;
    asked.text = subjects.TextOf(*about);
    asked.subject = *std::move(subject);
    asked.disputes = r.Query("dispute") == "1" && about->kind == "invoice_line";
    return asked;
}

void FillIn(const RequestContext& r, const Asked& asked, FormPage& form) {
    if (asked.text.empty()) return;
    const Formatter& t = r.format();
    form.action = PathAbout(asked.text, asked.disputes);
    form.back = {asked.subject.label, asked.subject.href};
    form.intro = t.Text("about.intro", {{"what", asked.subject.label}}) + " " + form.intro;
    const bool is_new = r.request().method == Method::kGet;
    FormField& category = FieldOf(form, "category");
    if (is_new && category.value.empty())
        category.value = Tickets::DeskOf(r.tenant()).CategoryAbout(asked.about.kind);
    if (!asked.disputes || !*asked.disputed) return;
    form.title = t.Text("dispute.open_title");
    form.intro = t.Text("dispute.intro", {{"amount", t.Amount((*asked.disputed)->amount)},
                                          {"what", asked.subject.label}});
    form.submit = t.Text("dispute.submit");
    if (is_new)
        FieldOf(form, "subject").value =
            t.Text("dispute.subject", {{"number", (*asked.disputed)->number}});
}

}  // namespace livery::service_desk
