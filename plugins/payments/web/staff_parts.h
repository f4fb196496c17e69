#pragma once

#include <string_view>
#include <vector>

#include <livery/http/request_context.h>
#include <livery/ports/audit.h>
#include <livery/view/form_page.h>
#include <livery/view/list_page.h>

namespace livery::payments {

// What the staff's pages of payments have in common.
constexpr const char* kCasesPath = "/console/payments";
constexpr const char* kObjectionsPath = "/console/payments/objections";

// The lists of the area; `current`: the path of the one that is shown.
std::vector<ListPage::Tab> TabsOf(const Formatter& t, std::string_view current);
// Why something is decided: what every decision asks for, and what stands in the audit log.
FormField ReasonField(const RequestContext& request);
// One of several, chosen by whoever decides: at first none is.
FormField ChoiceField(const RequestContext& request, std::string name, std::string label,
                      std::vector<FormField::Option> options);
// One line of the audit log: who of the staff, from where, and the reason of the form.
void NoteDecision(Audit& audit, db::Transaction& tx, const RequestContext& request,
                  std::string_view action, SubjectId subject);

}  // namespace livery::payments
