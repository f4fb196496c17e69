#pragma once

#include <livery/gateway/gateway.hpp>

namespace livery::stripe {

// Stripe's objects in the words of the contract. What they do not say is left out, a status that is
// not known is pending.

// With `latest_charge` expanded; `charged_back` is what open and lost disputes hold of it.
gw::PaymentResult PaymentOf(const gw::Json& intent);
// With `payment_intent` expanded.
gw::PaymentResult PaymentOfSession(const gw::Json& session);
gw::RefundResult RefundOf(const gw::Json& refund);
// With `setup_intent.payment_method` expanded.
gw::SetupResult SetupOfSession(const gw::Json& session);
// With `source` expanded; nothing for what is no payment's (payouts, transfers between accounts).
std::optional<gw::Transaction> TransactionOf(const gw::Json& balance_transaction);
// Chargebacks, and what was given again of one.
bool IsOfDispute(const gw::Transaction& transaction);
// Of a charge: as was noted on its intent, in the metadata `began`, when the payment began.
constexpr const char* kOnPage = "on_page";
bool BeganOnPage(const gw::Json& balance_transaction);
gw::Event EventOf(const gw::Json& event);

// Of an object with `amount` and `currency`.
gw::Money MoneyAt(const gw::Json& object, std::string_view amount = "amount");
// Stripe writes currencies in small letters.
std::string Small(std::string text);
// What open and lost disputes of a list hold.
gw::Money ChargedBack(const gw::Json& disputes, const gw::Money& charge);

}  // namespace livery::stripe
