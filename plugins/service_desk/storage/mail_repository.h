#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/database.h>

#include "domain/ticket.h"

namespace livery::service_desk {

// A mail that came, or a letter that went out, by its Message-ID.
struct KnownMail {
    std::string id;      // what says none has one made of its content
    std::string person;  // the address it came from, or went to
    bool is_ours = false;
    std::optional<TicketId> ticket;
    std::optional<UserId> agent;  // of ours: which of the staff it went to
    Instant at{};
};

// All SQL of mails. Ids and addresses are compared as hashes: both are as long as somebody likes.
class MailRepository {
 public:
    // False: that mail is here already, and nothing is changed.
    static bool Insert(db::Transaction& tx, const KnownMail& mail);
    static bool IsHere(db::Transaction& tx, const std::string& id);
    // What came of a mail that was inserted.
    static void Belongs(db::Transaction& tx, const std::string& id, TicketId ticket);

    // The ticket that a mail belongs to, of the last of `ids` that is known: of mails in it, and
    // which of the staff a letter of ours went to.
    struct Place {
        TicketId ticket;
        std::optional<UserId> agent;
        bool is_ours = false;
    };
    static std::vector<Place> PlacesOf(db::Transaction& tx, const std::vector<std::string>& ids);
    // That came from an address after `since`.
    static int CountFrom(db::Transaction& tx, const std::string& address, Instant since);
    // The last mail of a person to a ticket, or the one of this very moment, of which a ticket is
    // just being made. Empty: they wrote none.
    static std::string LastFrom(db::Transaction& tx, const std::string& address, TicketId ticket,
                                Instant now);
    static bool IsWatcher(db::Transaction& tx, TicketId ticket, const std::string& address);
    // Mails that became nothing, and came before `until`: some
    // of them; how many.
    static std::uint64_t Forget(db::Transaction& tx, Instant until);
};

}  // namespace livery::service_desk
