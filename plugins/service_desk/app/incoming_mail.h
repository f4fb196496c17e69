#pragma once

#include <functional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <livery/db/database.h>
#include <livery/ports/mailer.h>
#include <livery/ports/operator_log.h>
#include <livery/result.h>
#include <livery/view/formatter.h>

#include "app/letter_threads.h"
#include "app/mail_senders.h"
#include "app/tickets.h"
#include "domain/incoming_mail.h"

namespace livery::service_desk {

// Mails become words in tickets. Nothing is told to somebody who is not known here. Thread: any.
class MailIn {
 public:
    // kInvalidArgument: not these files; kUnavailable: not now.
    using KeepFiles =
        std::function<Result<std::vector<Attachment>>(const Tenant&, const std::vector<Upload>&)>;
    struct Parts {
        db::Database& database;
        const Tickets& tickets;
        MailSenders senders;
        const LetterThreads& threads;
        Mailer& mailer;
        TenantFormatters& formatters;
        OperatorLog& log;
        KeepFiles keep_files = {};  // none: files are named in the message, and left out
    };
    explicit MailIn(Parts parts) : parts_(std::move(parts)) {}

    enum class Outcome {
        kReplied,
        kOpened,
        kRepeated,   // a second delivery
        kDropped,    // nobody's words, or of nobody who is known; the operator reads why
        kBounced,    // too large, and its sender knows
        kRefused,    // an agent's answer to what was closed; they know
        kTooMany,    // of one sender within an hour; nothing is kept of it, so it may come again
        kMalformed,  // no mail of anybody
    };
    struct Arrived {
        std::string_view bytes;
        std::size_t size = 0;  // of the mail; where that is more, `bytes` is its begin
    };
    // Of a tenant whose desk takes mails. It is looked at in one transaction, its files are kept,
    // and in another one it becomes words; what this throws is to be tried again when IsPassing,
    // and not before somebody has looked at it otherwise.
    Outcome Take(const Tenant& tenant, const Arrived& arrived, Instant now) const;
    static bool IsPassing(const std::exception& failure);

 private:
    struct Taking;
    struct TryLater : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    struct Target {
        TicketId ticket;
        std::optional<AccountId> account;  // nullopt: an agent answers
    };

    Outcome TakeIn(db::Transaction& tx, Taking& taking) const;
    std::optional<Target> TargetOf(db::Transaction& tx, const Taking& taking,
                                   const MailSender& sender) const;
    static std::optional<Target> OfAgent(db::Transaction& tx, TicketId ticket);
    std::optional<Target> TargetFor(db::Transaction& tx, const Taking& taking,
                                    const MailSender& sender, TicketId ticket) const;
    Result<Ticket> Write(db::Transaction& tx, const Taking& taking, const MailSender& sender,
                         const Target& target) const;
    Result<Ticket> Open(db::Transaction& tx, const Taking& taking, const MailSender& sender) const;
    Outcome TakeJudged(Taking& taking) const;
    std::optional<Outcome> LookAt(db::Transaction& tx, Taking& taking) const;
    void KeepWhatCanBe(Taking& taking) const;
    std::string BodyOf(const Taking& taking) const;
    void Tell(db::Transaction& tx, const Taking& taking, const MailSender& sender,
              const std::string& letter) const;

    Parts parts_;
};

}  // namespace livery::service_desk
