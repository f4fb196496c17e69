#include <livery/api/schema.h>

#include "api/correction_api.h"

namespace livery::invoices {

using api::Json;

namespace {

Json Named(Json text) {
    text["minLength"] = 1;
    return text;
}

Json NewInvoice() {
    const Json line = api::Object(
        "A line.",
        {{"text", Named(api::Text("What it is for, as it is printed", 200))},
         {"unit_price", api::DecimalText("Of one; may be finer than the currency")},
         api::Optional("quantity", api::DecimalText("How many; 1 when nothing is said")),
         api::Optional("site", api::Text("Label of the account's address that it is delivered to; "
                                         "empty: the account's own",
                                         120)),
         api::Optional("tax_class", api::Text("As in taxes.yaml; `standard` without", 60))});
    Json lines = api::ArrayOf(line);
    lines["minItems"] = 1;
    lines["maxItems"] = 200;
    return api::Object("An invoice to be made.",
                       {{"account", api::IdText("acc")},
                        {"currency", api::Text("ISO 4217", 3)},
                        {"lines", std::move(lines)},
                        api::Optional("coupon", api::Text("A coupon's code", 60))});
}

Json NewCreditNote() {
    return api::Object("A credit note to be made.", {{"invoice", api::IdText("inv")},
                                                     api::Optional("line", api::IdText("ivl")),
                                                     api::Optional("amount", api::Ref("Money")),
                                                     api::Optional("refund", api::Ref("Money"))});
}

Json NewCredit() {
    return api::Object("Credit to be given.",
                       {{"amount", api::Ref("Money")},
                        {"text", Named(api::Text("What for, as it is printed", 200))}});
}

}  // namespace

void AddCorrectionSchemas(Registrar& registrar) {
    registrar.Add(api::Schema{"NewInvoice", NewInvoice()});
    registrar.Add(api::Schema{"NewCreditNote", NewCreditNote()});
    registrar.Add(api::Schema{"NewCredit", NewCredit()});
}

}  // namespace livery::invoices
