#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sandbox/book/book.h"
#include "sandbox/book/scenario.h"

namespace livery::sandbox {

// How long things take, in seconds of the provider's clock.
struct Delays {
    std::int64_t decision = 5;  // of what is pending
    std::int64_t late = 60;     // until a debit comes back, a dispute opens or is decided
    std::int64_t page = 3'600;  // a page waits for the customer
    std::int64_t authorisation = 7 * 86'400;
    std::int64_t key = 86'400;  // a repeat of a key gets the first answer
};

// A change in the making. What happens to a payment is said here in the words of the trade; what a
// merchant is to be told, and the money that moved, are noted with it. Thread: one.
class Draft {
 public:
    struct World {
        const Book& book;
        const Delays& delays;
        std::int64_t now;
        std::function<std::string()> random;  // 32 hexadecimal digits, never the same
    };
    Draft(World world, std::string merchant);

    const Book& book() const { return world_.book; }
    std::int64_t now() const { return world_.now; }
    const Delays& delays() const { return world_.delays; }
    const std::string& merchant() const { return merchant_; }
    std::string NewId(std::string_view prefix) const;

    // The payment's method is known: it goes the way of its scenario, as far as it can now.
    void Decide(Payment& payment);
    // Its time has come: a decision, a return, a dispute.
    void GoOn(Payment& payment);
    void Capture(Payment& payment, std::int64_t amount);
    void Decline(Payment& payment, std::string_view code);
    void Finish(Refund& refund, Payment& payment);

    // As it is afterwards; tells the merchant when its state is another.
    void Put(const Payment& payment);
    void Put(const Refund& refund);
    void Put(const Setup& setup);
    void Put(const StoredMethod& method) { change_.methods.push_back(method); }
    void Tell(std::string type, std::string about, std::string object, std::string reference);

    // One that this draft makes, or that is in the book; nullptr when there is none.
    const StoredMethod* FindMethod(std::string_view token) const;
    Change& change() { return change_; }

 private:
    void Authorise(Payment& payment);
    void AskTheCustomer(Payment& payment);
    void Dispute(Payment& payment, bool won);
    void Move(const Payment& payment, std::string kind, std::int64_t amount, std::int64_t fee = 0);

    World world_;
    std::string merchant_;
    Change change_;
};

// What happens by itself until `world.now`: decisions, returns, disputes, expiry.
Change Settle(const Draft::World& world);

}  // namespace livery::sandbox
