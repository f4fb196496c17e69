#include "api/request_values.h"

#include <algorithm>

namespace livery::invoices {

using api::Json;

namespace {

constexpr std::int64_t kMostMoney = 1'000'000'000'000;
const Decimal kMostPrice(1'000'000);
const Decimal kMostUnits(100'000);

Result<Decimal> DecimalIn(const Json& line, const char* name) {
    const auto number = Decimal::Parse(line.at(name).get<std::string>());
    if (!number) return InvalidField(name, "error.number");
    return *number;
}

Result<void> CheckPlaced(const ManualLine& line, const billing::Catalog& catalog,
                         const BillingProfile& profile) {
    const bool known =
        line.tax_class == "standard" ||
        std::any_of(catalog.products.begin(), catalog.products.end(), [&](const auto& product) {
            return product.second.tax_class == line.tax_class;
        });
    if (!known) return InvalidField("tax_class", "error.no_such_tax_class");
    if (!line.site.empty() && !profile.sites.contains(line.site))
        return InvalidField("site", "error.no_such_site");
    return {};
}

Result<ManualLine> LineIn(const Json& line, Currency currency) {
    const Decimal price = LIVERY_TRY(DecimalIn(line, "unit_price"));
    ManualLine manual{
        line.at("text").get<std::string>(),  price, Decimal(1), currency, line.value("site", ""),
        line.value("tax_class", "standard"), {}};
    if (line.contains("quantity")) manual.quantity = LIVERY_TRY(DecimalIn(line, "quantity"));
    if (manual.unit_price > kMostPrice) return InvalidField("unit_price", "error.amount");
    if (manual.quantity > kMostUnits) return InvalidField("quantity", "error.quantity");
    return manual;
}

}  // namespace

Result<Money> MoneyIn(const Json& body, const char* name) {
    const Json& money = body.at(name);
    const auto currency = Currency::Parse(money.at("currency").get<std::string>());
    if (!currency) return InvalidField(name, "error.currency");
    const auto amount = money.at("amount").get<std::int64_t>();
    if (amount <= 0 || amount > kMostMoney) return InvalidField(name, "error.amount");
    return Money(amount, *currency);
}

Result<std::optional<Money>> MaybeMoneyIn(const Json& body, const char* name) {
    if (!body.contains(name)) return std::optional<Money>();
    const Money money = LIVERY_TRY(MoneyIn(body, name));
    return std::optional(money);
}

Result<ManualInvoice> ManualInvoiceIn(const Json& body, const billing::Catalog& catalog,
                                      const BillingProfile& profile) {
    const auto currency = Currency::Parse(body.at("currency").get<std::string>());
    if (!currency) return InvalidField("currency", "error.currency");
    ManualInvoice wanted{{}, body.value("coupon", ""), false};
    for (const Json& line : body.at("lines")) {
        ManualLine manual = LIVERY_TRY(LineIn(line, *currency));
        LIVERY_TRY(CheckPlaced(manual, catalog, profile));
        wanted.lines.push_back(std::move(manual));
    }
    return wanted;
}

}  // namespace livery::invoices
