#include <livery/api/schema.h>

#include "api/range_api.h"

namespace livery::invoices {

using api::Json;

void AddRangeSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"DocumentExport",
                              api::Object("Documents with their lines.",
                                          {{"documents", api::ArrayOf(api::Ref("Document"))}})});
    const Json entry = api::Object("One thing that changed what is owed.",
                                   {{"at", api::CivilText("When it was booked")},
                                    {"fact", api::Text("issued, paid, refunded, written_off, …")},
                                    {"document", api::Nullable(api::IdText("inv"))},
                                    {"number", api::Nullable(api::Text("Of the document"))},
                                    {"amount", api::Ref("Money")},
                                    {"balance", api::Ref("Money")}});
    const Json currency = api::Object("Of one currency: opening + entries = closing.",
                                      {{"currency", api::Text("ISO 4217", 3)},
                                       {"opening", api::Ref("Money")},
                                       {"entries", api::ArrayOf(entry)},
                                       {"closing", api::Ref("Money")}});
    registrar.Add(api::Schema{"Statement", api::Object("A statement of account.",
                                                       {{"currencies", api::ArrayOf(currency)}})});
}

}  // namespace livery::invoices
