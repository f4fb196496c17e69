#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <livery/json.h>

namespace livery::sandbox {

using Json = nlohmann::json;

// What the provider keeps. Times are Unix seconds by its own clock, amounts the smallest unit that
// it counts in (forints are whole). Written to the ledger as they are after each change.

struct Payment {
    std::string id;
    std::string merchant;
    std::string reference;
    std::string currency;
    // awaiting_customer, processing, under_review, authorised, paid, declined, cancelled, expired,
    // returned
    std::string state;
    std::string code;     // why it was declined or returned
    std::string dispute;  // "", open, won, lost
    std::string token;
    std::string customer;
    std::string return_url;
    std::string locale;
    std::string network_transaction_id;
    std::string session;  // of its page; "" when it has none
    std::int64_t amount = 0;
    std::int64_t captured = 0;
    std::int64_t refunded = 0;  // and being refunded
    std::int64_t fee = 0;
    std::int64_t created = 0;
    std::int64_t expires = 0;  // 0: does not
    std::int64_t due = 0;      // when the scenario goes on; 0: it does not
    int scenario = 1;
    bool capture = true;  // at once
    bool off_session = false;
    bool keep_method = false;
    bool authenticated = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Payment, id, merchant, reference, currency, state, code, dispute,
                                   token, customer, return_url, locale, network_transaction_id,
                                   session, amount, captured, refunded, fee, created, expires, due,
                                   scenario, capture, off_session, keep_method, authenticated)

struct Refund {
    std::string id;
    std::string merchant;
    std::string payment;
    std::string reference;
    std::string currency;
    std::string state;  // processing, done, failed
    std::string code;
    std::int64_t amount = 0;
    std::int64_t created = 0;
    std::int64_t due = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Refund, id, merchant, payment, reference, currency, state, code,
                                   amount, created, due)

// A method that is to be kept without a charge.
struct Setup {
    std::string id;
    std::string merchant;
    std::string reference;
    std::string customer;
    std::string state;  // awaiting_customer, active, failed, cancelled, expired
    std::string code;
    std::string token;  // of the kept method
    std::string return_url;
    std::string locale;
    std::string session;
    std::int64_t created = 0;
    std::int64_t expires = 0;
    int scenario = 0;  // of the card that was entered; 0: none yet
    int expiry_month = 12;
    int expiry_year = 2034;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Setup, id, merchant, reference, customer, state, code, token,
                                   return_url, locale, session, created, expires, scenario,
                                   expiry_month, expiry_year)

// A kept method. Its number was never written anywhere: the last four digits are all there is.
struct StoredMethod {
    std::string token;
    std::string merchant;
    std::string customer;
    std::string kind;
    std::string brand;
    std::string last4;
    std::string network_transaction_id;
    int expiry_month = 0;
    int expiry_year = 0;
    int scenario = 1;
    bool detached = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StoredMethod, token, merchant, customer, kind, brand, last4,
                                   network_transaction_id, expiry_month, expiry_year, scenario,
                                   detached)

// Money that moved: what a merchant's statement lists, and the judge of every test.
struct Movement {
    std::string id;
    std::string merchant;
    std::string kind;  // payment, refund, chargeback, chargeback_reversal
    std::string payment;
    std::string object;  // payment or refund
    std::string reference;
    std::string currency;
    std::int64_t amount = 0;
    std::int64_t fee = 0;
    std::int64_t at = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Movement, id, merchant, kind, payment, object, reference,
                                   currency, amount, fee, at)

// What a merchant is told.
struct Event {
    std::string id;
    std::string merchant;
    std::string type;   // "payment.paid"
    std::string about;  // payment, refund, setup, method, dispute
    std::string object;
    std::string reference;
    std::int64_t created = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Event, id, merchant, type, about, object, reference, created)

// The answer that a key got; a repeat within a day gets it again.
struct KeptAnswer {
    std::string merchant;
    std::string key;
    std::string print;  // method, path and body
    std::string body;
    int status = 0;
    std::int64_t at = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KeptAnswer, merchant, key, print, body, status, at)

}  // namespace livery::sandbox
