#include <livery/api/schema.h>

#include "api/draft_api.h"
#include "api/invoice_api.h"

namespace livery::invoices {

using api::Json;

namespace {

Json DraftSchema(bool with_lines) {
    Json schema = api::Object("What is no invoice yet: it has no number, and nobody owes it.",
                              {{"id", api::IdText("inv")},
                               {"account", api::IdText("acc")},
                               {"status", api::OneOf({"draft", "pending_tax"})},
                               {"currency", api::Text("ISO 4217", 3)},
                               {"made_on", api::DayText("The day on which it was made")},
                               {"period", SpanOrNull()},
                               {"net", api::Ref("Money")},
                               {"tax", api::Ref("Money")},
                               {"total", api::Ref("Money")}});
    if (with_lines) {
        schema["properties"]["lines"] = api::ArrayOf(api::Ref("DocumentLine"));
        schema["required"].push_back("lines");
    }
    return schema;
}

Json NewDraftCredit() {
    return api::Object(
        "A credit on a draft.",
        {{"amount", api::Ref("Money")}, api::Optional("as", api::OneOf({"granted", "reduction"}))});
}

}  // namespace

void AddDraftSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"Draft", DraftSchema(true)});
    registrar.Add(api::Schema{"ListedDraft", DraftSchema(false)});
    registrar.Add(api::ListOf("DraftList", "ListedDraft"));
    registrar.Add(api::Schema{"NewDraftCredit", NewDraftCredit()});
}

}  // namespace livery::invoices
