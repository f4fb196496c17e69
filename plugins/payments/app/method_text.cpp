#include "app/method_text.h"

#include <array>
#include <string_view>

namespace livery::payments {

namespace {

// Brands as their owners write them; the words are those of providers.
std::string_view BrandName(std::string_view word) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kNames{
        {{"visa", "Visa"},
         {"mastercard", "Mastercard"},
         {"mc", "Mastercard"},
         {"maestro", "Maestro"},
         {"amex", "American Express"},
         {"american_express", "American Express"},
         {"diners", "Diners Club"},
         {"discover", "Discover"},
         {"jcb", "JCB"},
         {"unionpay", "UnionPay"},
         {"mada", "mada"}}};
    for (const auto& [known, name] : kNames) {
        if (known == word) return name;
    }
    return word;
}

}  // namespace

std::string MethodText(const PaymentMethod& method, const Formatter& t) {
    const std::string kind =
        method.brand.empty()
            ? t.Text(method.kind == "bank_debit" ? "method.bank_account" : "method.one")
            : t.Text("method.brand", {{"brand", std::string(BrandName(method.brand))}});
    if (method.last4.empty()) return kind;
    return t.Text("method.ends_in", {{"kind", kind}, {"digits", method.last4}});
}

}  // namespace livery::payments
