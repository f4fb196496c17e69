#include "app/receipt_parties.h"

#include <livery/json.h>
namespace livery::payments {

namespace {

using Lines = std::vector<std::string>;

Lines Filled(const Lines& lines) {
    Lines filled;
    for (const std::string& line : lines) {
        if (line.find_first_not_of(' ') != std::string::npos) filled.push_back(line);
    }
    return filled;
}

}  // namespace

std::string ToText(const Parties& parties) {
    return nlohmann::json{{"brand", parties.brand},           {"seller", parties.seller},
                          {"registered", parties.registered}, {"vat_id", parties.vat_id},
                          {"contact", parties.contact},       {"payer", parties.payer}}
        .dump();
}

Parties PartiesIn(const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    return {json.at("brand"),
            json.at("seller").get<Lines>(),
            json.at("registered").get<Lines>(),
            json.at("vat_id"),
            json.at("contact"),
            json.at("payer").get<Lines>()};
}

Parties ReceiptParties::Of(db::Transaction& tx, const Tenant& tenant, AccountId account) const {
    const Sellers::Seller seller = sellers_.Of(tenant);
    Parties parties{tenant.name,   seller.address, seller.registered,
                    seller.vat_id, seller.email,   {}};
    if (const auto payer = profiles_.Of(tx, account))
        parties.payer = Filled({payer->name, payer->line1, payer->line2,
                                payer->place.postcode + " " + payer->city, payer->place.country});
    return parties;
}

}  // namespace livery::payments
