#include "web/staff_parts.h"

namespace livery::payments {

std::vector<ListPage::Tab> TabsOf(const Formatter& t, std::string_view current) {
    return {{t.Text("cases.title"), kCasesPath, current == kCasesPath},
            {t.Text("objections.title"), kObjectionsPath, current == kObjectionsPath}};
}

FormField ReasonField(const RequestContext& r) {
    return {.name = "reason",
            .label = r.format().Text("cases.reason"),
            .value = std::string(r.Form("reason")),
            .hint = r.format().Text("cases.reason_hint")};
}

FormField ChoiceField(const RequestContext& r, std::string name, std::string label,
                      std::vector<FormField::Option> options) {
    FormField field{.name = std::move(name),
                    .label = std::move(label),
                    .kind = FormField::Kind::kSelect,
                    .options = {{"", r.format().Text("cases.choose")}}};
    field.value = r.Form(field.name);
    for (FormField::Option& option : options) field.options.push_back(std::move(option));
    return field;
}

void NoteDecision(Audit& audit, db::Transaction& tx, const RequestContext& r,
                  std::string_view action, SubjectId subject) {
    audit.Record(tx, {.action = action,
                      .user = r.visitor().user,
                      .subject = subject,
                      .address = r.request().client_address,
                      .detail = r.Form("reason")});
}

}  // namespace livery::payments
