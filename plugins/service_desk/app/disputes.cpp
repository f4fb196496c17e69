#include "app/disputes.h"

#include <fmt/format.h>

#include <livery/check.h>
#include <livery/utf8.h>

#include "domain/first_characters.h"
#include "storage/dispute_repository.h"
#include "storage/ticket_repository.h"

namespace livery::service_desk {

namespace {

// An objection keeps less of the words than a ticket does.
constexpr std::size_t kLongestReason = 200;

std::string Shortened(const std::string& text) {
    std::string line;
    for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    if (Characters(line) <= kLongestReason) return line;
    return FirstCharacters(line, kLongestReason - 1) + "…";
}

// Dunning rests while one is open: nobody may go on for ever.
constexpr std::int64_t kMostLost = 2;
Result<void> CheckLost(db::Transaction& tx, AccountId account, InvoiceLineId line) {
    if (DisputeRepository::CountLost(tx, account, line) < kMostLost) return {};
    return Conflict("error.line_decided");
}

Error NothingUndecided() { return Conflict("error.ticket_moved"); }
// Somebody was faster where objections are: for the ticket that is no "not there".
Error NothingLeftOr(const Error& error) {
    return error.code == ErrorCode::kNotFound ? NothingUndecided() : error;
}

}  // namespace

bool Disputes::AreTaken(const Tenant& tenant) const {
    return tenant.Enables("payments") && objections_;
}

Result<LineObjections::Disputed> Disputes::Look(db::Transaction& tx, const Tenant& tenant,
                                                AccountId account, InvoiceLineId line) const {
    if (!AreTaken(tenant)) return NotFound("nobody takes objections");
    LIVERY_TRY(CheckLost(tx, account, line));
    return objections_->Look(tx, tenant, account, line);
}

Result<Ticket> Disputes::Open(db::Transaction& tx, const Tenant& tenant, const Tickets::Wish& wish,
                              const Writer& writer, Instant now) const {
    if (!AreTaken(tenant)) return NotFound("nobody takes objections");
    LIVERY_TRY(Tickets::CheckWish(tenant, wish));
    LIVERY_TRY(CheckLost(tx, wish.account, InvoiceLineId(wish.about.id)));
    const auto disputed = LIVERY_TRY(objections_->Open(
        tx, tenant, wish.account, InvoiceLineId(wish.about.id), Shortened(wish.subject)));
    const Ticket ticket = LIVERY_TRY(tickets_.Open(tx, tenant, wish, writer, now));
    DisputeRepository::Add(tx, {ticket.id, disputed.objection, disputed.amount});
    Note(tx, ticket, "objection.opened", writer);
    return ticket;
}

Result<Ticket> Disputes::Decide(db::Transaction& tx, const Tenant& tenant, const Decision& decision,
                                const Writer& agent, Instant now) const {
    const auto dispute = DisputeRepository::Of(tx, decision.ticket);
    if (!dispute && !TicketRepository::Find(tx, decision.ticket)) return NotFound("no such ticket");
    if (!Tickets::CheckBody(decision.answer)) return InvalidField("answer", "error.body");
    if (!dispute || !dispute->IsUndecided() || !objections_) return NothingUndecided();
    const auto decided = objections_->Decide(
        tx, tenant, dispute->objection, decision.customer_is_right, Shortened(decision.answer));
    if (!decided) return NothingLeftOr(decided.error());
    const auto outcome =
        decision.customer_is_right ? DisputeOutcome::kRight : DisputeOutcome::kWrong;
    if (!DisputeRepository::Close(tx, decision.ticket, outcome)) return NothingUndecided();
    auto answered = tickets_.Answer(
        tx, tenant, {decision.ticket, decision.answer, TicketState::kSolved}, agent, now);
    if (answered) Note(tx, *answered, "objection.decided", agent);
    return answered;
}

Result<Ticket> Disputes::SolveOwned(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                    TicketId ticket, const Writer& writer, Instant now) const {
    const auto dispute = DisputeRepository::OfOwned(tx, account, ticket);
    const bool withdraws = dispute && dispute->IsUndecided();
    if (withdraws) {
        if (!objections_) return NothingUndecided();
        const auto decided =
            objections_->Decide(tx, tenant, dispute->objection, false, "withdrawn");
        if (!decided) return NothingLeftOr(decided.error());
        if (!DisputeRepository::Close(tx, ticket, DisputeOutcome::kWithdrawn))
            return NothingUndecided();
    }
    const Ticket solved = LIVERY_TRY(
        tickets_.MoveOwned(tx, tenant, account, ticket, TicketState::kSolved, writer, now));
    if (withdraws) Note(tx, solved, "objection.withdrawn", writer);
    return solved;
}

void Disputes::DecidedElsewhere(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                                bool customer_is_right, Instant now) const {
    const auto dispute = DisputeRepository::ByObjection(tx, objection);
    if (!dispute || !dispute->IsUndecided()) return;
    const auto outcome = customer_is_right ? DisputeOutcome::kRight : DisputeOutcome::kWrong;
    DisputeRepository::Close(tx, dispute->ticket, outcome);
    // A desk that is closed says nothing; when it opens again, the ticket knows.
    if (!tenant.Enables("service_desk")) return;
    const auto words = words_.Of(tenant.id, "service_desk");
    const std::string said =
        words->Text(customer_is_right ? "dispute.said_right" : "dispute.said_wrong",
                    {{"amount", words->Amount(dispute->amount)}});
    // One that was merged into another takes no words any more; it is decided all the same.
    const auto told = tickets_.Answer(tx, tenant, {dispute->ticket, said, TicketState::kSolved},
                                      {{}, tenant.name, "", "", ""}, now);
    LIVERY_CHECK(told || told.error().code == ErrorCode::kConflict, "a dispute without a ticket");
}

void Disputes::Note(db::Transaction& tx, const Ticket& ticket, std::string_view action,
                    const Writer& writer) const {
    audit_.Record(tx,
                  {action, writer.user, SubjectOf(ticket.account), writer.address, ticket.number});
}

void Disputes::Check(db::Transaction& tx,
                     const std::function<void(TicketId, std::string)>& report) const {
    constexpr std::size_t kAtOnce = 500;
    TicketId after;
    for (;;) {
        const auto page = DisputeRepository::All(tx, after, kAtOnce);
        for (const auto& [dispute, number, state] : page) {
            const bool is_open = dispute.IsUndecided();
            if (is_open && !MayFollowUndecided(state))
                report(dispute.ticket, fmt::format("{} is {}, and what it disputes is undecided",
                                                   number, ToString(state)));
            const auto known = objections_ ? objections_->StateOf(tx, dispute.objection)
                                           : std::optional(LineObjections::State{is_open, false});
            if (!known || known->is_open != is_open)
                report(dispute.ticket,
                       fmt::format("{} says that what it disputes is {}, its objection {}", number,
                                   ToString(dispute.outcome),
                                   !known           ? "is not there"
                                   : known->is_open ? "is open"
                                                    : "is decided"));
        }
        if (page.size() < kAtOnce) return;
        after = page.back().dispute.ticket;
    }
}

}  // namespace livery::service_desk
