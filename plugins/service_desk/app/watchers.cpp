#include "app/watchers.h"

#include <livery/utf8.h>

#include "storage/survey_repository.h"
#include "storage/ticket_repository.h"
#include "storage/watcher_repository.h"

namespace livery::service_desk {

namespace {

constexpr std::size_t kLongestComment = 1'000;

Result<Ticket> Named(db::Transaction& tx, std::optional<AccountId> account, TicketId id) {
    auto ticket =
        account ? TicketRepository::FindOwned(tx, *account, id) : TicketRepository::Find(tx, id);
    if (!ticket) return NotFound("no such ticket");
    return *std::move(ticket);
}

}  // namespace

Result<void> Watchers::Add(db::Transaction& tx, std::optional<AccountId> account, TicketId id,
                           const std::string& email, const Writer& writer) const {
    const Ticket ticket = LIVERY_TRY(Named(tx, account, id));
    if (!identity_.IsEmail(email)) return InvalidField("email", "error.watcher");
    if (WatcherRepository::List(tx, id).size() >= kMost)
        return InvalidField("email", "error.watchers_many");
    WatcherRepository::Add(tx, id, {email, ticket.language});
    tickets_.WriteDown(tx, ticket, "ticket.watched", writer);
    return {};
}

Result<void> Watchers::Remove(db::Transaction& tx, std::optional<AccountId> account, TicketId id,
                              const std::string& email, const Writer& writer) const {
    const Ticket ticket = LIVERY_TRY(Named(tx, account, id));
    if (!WatcherRepository::Remove(tx, id, email)) return NotFound("nobody who watches");
    tickets_.WriteDown(tx, ticket, "ticket.unwatched", writer);
    return {};
}

Result<void> Watchers::Rate(db::Transaction& tx, AccountId account, TicketId id, int rating,
                            const std::string& comment, const Writer& writer, Instant now) const {
    const Ticket ticket = LIVERY_TRY(Named(tx, account, id));
    if (rating < 1 || rating > 5) return InvalidField("rating", "error.rating");
    if (!IsUtf8(comment) || Characters(comment) > kLongestComment)
        return InvalidField("comment", "error.rating_comment");
    if (IsUnsolved(ticket.state)) return Conflict("error.ticket_moved");
    SurveyRepository::Save(tx, id, {rating, comment, now});
    tickets_.WriteDown(tx, ticket, "ticket.rated", writer);
    return {};
}

}  // namespace livery::service_desk
