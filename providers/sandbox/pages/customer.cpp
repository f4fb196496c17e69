#include "sandbox/pages/customer.h"

namespace livery::sandbox {

namespace {

using Course = Scenario::Course;

void Activate(Draft& draft, Setup& setup, Expiry expiry) {
    setup.state = "active";
    setup.expires = 0;
    setup.token = Keep(draft, *ByNumber(setup.scenario), setup.customer, expiry).token;
}

void Fail(Setup& setup, std::string_view code) {
    setup.state = "failed";
    setup.code = code;
    setup.expires = 0;
}

bool AsksBank(Course course) {
    return course == Course::kChallenge || course == Course::kChallengeByPost ||
           course == Course::kChallengeAlways || course == Course::kChallengeFails;
}

}  // namespace

void EnterCard(Draft& draft, Payment payment, const EnteredCard& card) {
    payment.token = TokenOf(*card.scenario);
    // A magic amount speaks where the card has nothing to say.
    if (ByAmount(payment.amount) == nullptr || card.scenario->number > 3)
        payment.scenario = card.scenario->number;
    payment.expires = 0;
    draft.Decide(payment);
    KeepIfWanted(draft, payment, card.expiry);
    draft.Put(payment);
}

void EnterCard(Draft& draft, Setup setup, const EnteredCard& card) {
    setup.scenario = card.scenario->number;
    setup.expiry_month = card.expiry.month;
    setup.expiry_year = card.expiry.year;
    if (card.scenario->course == Course::kDeclined) {
        Fail(setup, card.scenario->code);
    } else if (!AsksBank(card.scenario->course)) {
        Activate(draft, setup, card.expiry);
    }
    draft.Put(setup);
}

void AnswerBank(Draft& draft, Payment payment, bool yes) {
    const bool passes = yes && ByNumber(payment.scenario)->course != Course::kChallengeFails;
    if (passes) {
        payment.authenticated = true;
        payment.expires = 0;
        draft.Decide(payment);
        KeepIfWanted(draft, payment);
    } else {
        draft.Decline(payment, "authentication_failed");
    }
    draft.Put(payment);
}

void AnswerBank(Draft& draft, Setup setup, bool yes) {
    if (yes && ByNumber(setup.scenario)->course != Course::kChallengeFails) {
        Activate(draft, setup, {setup.expiry_month, setup.expiry_year});
    } else {
        Fail(setup, "authentication_failed");
    }
    draft.Put(setup);
}

void Abandon(Draft& draft, Payment payment) {
    payment.state = "cancelled";
    payment.expires = 0;
    draft.Put(payment);
}

void Abandon(Draft& draft, Setup setup) {
    setup.state = "cancelled";
    setup.expires = 0;
    draft.Put(setup);
}

}  // namespace livery::sandbox
