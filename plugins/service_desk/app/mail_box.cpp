#include "app/mail_box.h"

#include "storage/mail_repository.h"

namespace livery::service_desk {

namespace {

// Of one round: the next comes soon, and other tenants wait too.
constexpr std::size_t kMostOfARound = 200;
constexpr int kMostFailures = 3;

}  // namespace

struct MailBoxRound::Visit {
    const Tenant& tenant;
    const DeskMail& desk;
    Mailbox& box;
    Instant now{};
    int failures = 0;
};

void MailBoxRound::Run(const Tenant& tenant, Instant now) const {
    const auto& desk = Tickets::DeskOf(tenant).mail;
    if (!desk || !desk->box) return;
    const auto away = [&](const Error& error) {
        parts_.log.Warn("mail_in.box_away",
                        {{"tenant", tenant.id.value()}, {"what", error.message}});
    };
    const auto box =
        parts_.boxes.Open(tenant.id, {desk->box->url, desk->box->user, desk->box->secret});
    if (!box) return away(box.error());
    const auto waiting = (*box)->List(kMostOfARound);
    if (!waiting) return away(waiting.error());
    Visit visit{tenant, *desk, **box, now};
    for (const Mailbox::Waiting& mail : *waiting)
        if (!TakeOne(visit, mail)) return;
}

bool MailBoxRound::TakeOne(Visit& visit, const Mailbox::Waiting& mail) const {
    const auto later = [&](std::string_view what) {
        parts_.log.Warn("mail_in.later", {{"tenant", visit.tenant.id.value()}, {"what", what}});
    };
    // Of one mail that the server cannot give; when it gives none at all, the round is over.
    const auto is_enough = [&] { return ++visit.failures == kMostFailures; };
    const bool fits = mail.size <= visit.desk.most_bytes;
    const auto bytes = fits ? visit.box.Fetch(mail.uid) : visit.box.FetchHead(mail.uid);
    if (!bytes) {
        later(bytes.error().message);
        return !is_enough();
    }
    bool read = false;
    try {
        const auto outcome = parts_.mails.Take(visit.tenant, {*bytes, mail.size}, visit.now);
        read = outcome != MailIn::Outcome::kMalformed && outcome != MailIn::Outcome::kTooMany;
    } catch (const std::exception& failure) {
        if (MailIn::IsPassing(failure)) {
            later(failure.what());
            return false;
        }
        parts_.log.Warn("mail_in.failed",
                        {{"tenant", visit.tenant.id.value()}, {"what", failure.what()}});
    }
    const DeskMail::Box& folders = *visit.desk.box;
    const auto moved = visit.box.Move(mail.uid, read ? folders.processed : folders.failed);
    if (moved) return true;
    later(moved.error().message);
    return !is_enough();
}

std::string ForgetMails(db::Database& database, const Tenant& tenant, Instant now) {
    const Instant until = now - std::chrono::days(30);
    std::uint64_t forgotten = 0;
    for (std::uint64_t some = 1; some > 0; forgotten += some)
        database.Transact(tenant.id,
                          [&](db::Transaction& tx) { some = MailRepository::Forget(tx, until); });
    return "{\"forgotten\": " + std::to_string(forgotten) + "}";
}

}  // namespace livery::service_desk
