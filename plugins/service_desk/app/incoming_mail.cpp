#include "app/incoming_mail.h"

#include <algorithm>

#include <livery/card_number.h>
#include <livery/check.h>
#include <livery/db/failure.h>
#include <livery/utf8.h>

#include "domain/first_characters.h"
#include "domain/mail_reply.h"
#include "domain/mail_verdict.h"
#include "mime/mail_parser.h"
#include "storage/mail_repository.h"
#include "storage/ticket_repository.h"

namespace livery::service_desk {

namespace {

// Of a message's 20,000, the rest is for what is said about its files.
constexpr std::size_t kMostWords = 18'000;
constexpr std::size_t kMostSubject = 150;
constexpr std::size_t kMostName = 120;

// A form that holds a card's number is refused; of a mail it is made unreadable, since whoever sent
// it is gone.
std::string WithoutCards(std::string text) {
    return HoldsCardNumber(text) ? WithoutCardNumbers(text) : text;
}

std::string_view HeadOf(std::string_view bytes) {
    const auto end = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
    return bytes.substr(0, end == std::string_view::npos ? end : end + 1);
}

// One that says none is known by what it says otherwise.
std::string IdOf(const IncomingMail& mail) {
    if (!mail.message_id.empty()) return mail.message_id;
    return "no id " + mail.from_address + '\n' + mail.subject + '\n' + mail.text;
}

std::string NameOf(const IncomingMail& mail) {
    return FirstCharacters(
        WithoutCards(mail.from_name.empty() ? mail.from_address : mail.from_name), kMostName);
}

// Past all merges. nullopt: there is no such ticket.
std::optional<Ticket> WhereItGoesOn(db::Transaction& tx, TicketId id) {
    constexpr int kMostMerges = 10;
    auto ticket = TicketRepository::Find(tx, id);
    for (int i = 0; i < kMostMerges && ticket && ticket->merged_into; ++i)
        ticket = TicketRepository::Find(tx, *ticket->merged_into);
    return ticket;
}

}  // namespace

// One mail on its way.
struct MailIn::Taking {
    const Tenant& tenant;
    const DeskMail& desk;
    const IncomingMail& mail;
    std::size_t size = 0;
    Instant now{};
    bool takes_files = false;  // of whoever it is from
    std::vector<Attachment> kept = {};
    std::vector<std::string> left_out = {};  // names
    std::string_view reason = "";            // of what was not taken

    JudgedMail Judged(int lately) const {
        return Judge(mail, {size, desk.most_bytes, desk.address, lately});
    }
};

bool MailIn::IsPassing(const std::exception& failure) {
    if (dynamic_cast<const TryLater*>(&failure) != nullptr ||
        dynamic_cast<const db::Unavailable*>(&failure) != nullptr ||
        dynamic_cast<const db::CommitUnknown*>(&failure) != nullptr)
        return true;
    const auto* refused = dynamic_cast<const db::Failure*>(&failure);
    if (refused == nullptr) return false;
    // The client's own: it did not get through; deadlock, lock wait, and a snapshot's conflict.
    const unsigned number = refused->error_number();
    return number >= 2000 || number == 1213 || number == 1205 || number == 1020;
}

MailIn::Outcome MailIn::Take(const Tenant& tenant, const Arrived& arrived, Instant now) const {
    const auto& desk = Tickets::DeskOf(tenant).mail;
    LIVERY_CHECK(desk.has_value(), "a mail to a desk that takes none");
    const bool too_large = arrived.size > desk->most_bytes;
    const auto mail = ParseMail(too_large ? HeadOf(arrived.bytes) : arrived.bytes);
    if (!mail) {
        parts_.log.Warn("mail_in.malformed",
                        {{"tenant", tenant.id.value()}, {"what", mail.error().message}});
        return Outcome::kMalformed;
    }
    Taking taking{tenant, *desk, *mail, arrived.size, now};
    auto outcome = Outcome::kDropped;
    if (const JudgedMail judged = taking.Judged(0); judged.verdict == MailVerdict::kDrop)
        taking.reason = judged.reason;
    else
        outcome = TakeJudged(taking);
    if (outcome == Outcome::kDropped || outcome == Outcome::kRefused ||
        outcome == Outcome::kTooMany)
        parts_.log.Warn(
            "mail_in.not_taken",
            {{"tenant", tenant.id.value()}, {"reason", taking.reason}, {"mail", mail->message_id}});
    return outcome;
}

MailIn::Outcome MailIn::TakeJudged(Taking& taking) const {
    const TenantId& tenant = taking.tenant.id;
    std::optional<Outcome> ended;
    parts_.database.Transact(tenant, [&](db::Transaction& tx) { ended = LookAt(tx, taking); });
    if (ended) return *ended;
    KeepWhatCanBe(taking);
    auto outcome = Outcome::kDropped;
    parts_.database.Transact(tenant, [&](db::Transaction& tx) { outcome = TakeIn(tx, taking); });
    return outcome;
}

// Before any file of it is written: neither a flood nor a second delivery fills the disk, and
// nobody who is not known. nullopt: it goes on.
std::optional<MailIn::Outcome> MailIn::LookAt(db::Transaction& tx, Taking& taking) const {
    const std::string& from = taking.mail.from_address;
    if (MailRepository::IsHere(tx, IdOf(taking.mail))) return Outcome::kRepeated;
    const JudgedMail judged =
        taking.Judged(MailRepository::CountFrom(tx, from, taking.now - kSenderWindow));
    if (judged.verdict == MailVerdict::kDrop) {
        taking.reason = judged.reason;
        return Outcome::kTooMany;
    }
    taking.takes_files = parts_.keep_files && !taking.mail.attachments.empty() &&
                         parts_.senders.Find(tx, taking.tenant, from).IsKnown();
    return std::nullopt;
}

MailIn::Outcome MailIn::TakeIn(db::Transaction& tx, Taking& taking) const {
    const std::string id = IdOf(taking.mail);
    if (!MailRepository::Insert(tx, {id, taking.mail.from_address, false, {}, {}, taking.now}))
        return Outcome::kRepeated;
    const MailSender sender = parts_.senders.Find(tx, taking.tenant, taking.mail.from_address);
    if (taking.Judged(0).verdict == MailVerdict::kBounce) {
        // Whoever is not known may be somebody whose address was borrowed.
        if (!sender.IsKnown()) {
            taking.reason = "stranger";
            return Outcome::kDropped;
        }
        Tell(tx, taking, sender, "mail_too_large");
        return Outcome::kBounced;
    }
    const auto target = TargetOf(tx, taking, sender);
    if (!target && !sender.customer) {
        taking.reason = sender.agent ? "no_ticket" : "stranger";
        return Outcome::kDropped;
    }
    const auto ticket = target ? Write(tx, taking, sender, *target) : Open(tx, taking, sender);
    if (!ticket && target && !target->account && ticket.error().code == ErrorCode::kConflict) {
        Tell(tx, taking, sender, "mail_refused");
        taking.reason = "closed";
        return Outcome::kRefused;
    }
    if (!ticket) throw std::runtime_error("a mail that is no message: " + ticket.error().message);
    MailRepository::Belongs(tx, id, ticket->id);
    return target ? Outcome::kReplied : Outcome::kOpened;
}

std::optional<MailIn::Target> MailIn::OfAgent(db::Transaction& tx, TicketId id) {
    const auto ticket = WhereItGoesOn(tx, id);
    if (!ticket) return std::nullopt;
    return Target{ticket->id, std::nullopt};
}

// By the address that it was sent to, then by what it answers.
std::optional<MailIn::Target> MailIn::TargetOf(db::Transaction& tx, const Taking& taking,
                                               const MailSender& sender) const {
    const SignText sign = parts_.threads.SignerOf(taking.tenant);
    for (const std::string& recipient : taking.mail.recipients) {
        const auto address = ReplyAddressIn(recipient, taking.desk.address);
        if (!address) continue;
        if (sender.agent && IsGivenTo(*address, {sender.agent->id}, sign))
            return OfAgent(tx, address->ticket);
        if (!IsGivenTo(*address, {}, sign)) continue;
        if (const auto target = TargetFor(tx, taking, sender, address->ticket)) return target;
    }
    for (const auto& place : MailRepository::PlacesOf(tx, taking.mail.references)) {
        if (place.agent && sender.agent && *place.agent == sender.agent->id)
            return OfAgent(tx, place.ticket);
        if (place.agent) continue;
        if (const auto target = TargetFor(tx, taking, sender, place.ticket)) return target;
    }
    return std::nullopt;
}

// A ticket on the customer's side, if the sender stands there: who opened it, a login of the same
// account, or one who is told of it.
std::optional<MailIn::Target> MailIn::TargetFor(db::Transaction& tx, const Taking& taking,
                                                const MailSender& sender, TicketId id) const {
    const auto ticket = WhereItGoesOn(tx, id);
    if (!ticket) return std::nullopt;
    const bool is_theirs =
        (sender.customer && AccountOf(sender.customer->subject) == ticket->account) ||
        MailRepository::IsWatcher(tx, ticket->id, taking.mail.from_address);
    if (!is_theirs) return std::nullopt;
    return Target{ticket->id, ticket->account};
}

Result<Ticket> MailIn::Write(db::Transaction& tx, const Taking& taking, const MailSender& sender,
                             const Target& target) const {
    const Tickets::Reply reply{target.ticket, BodyOf(taking), {}, false, taking.kept};
    if (!target.account) {
        const Staff::Member& agent = *sender.agent;
        return parts_.tickets.Answer(
            tx, taking.tenant, reply,
            {agent.id, agent.display_name, agent.email, agent.language, ""}, taking.now);
    }
    Writer writer{std::nullopt, NameOf(taking.mail), taking.mail.from_address, "", ""};
    if (const auto& login = sender.customer)
        writer = {login->id, login->display_name, login->email, login->language, ""};
    return parts_.tickets.ReplyOwned(tx, taking.tenant, *target.account, reply, writer, taking.now);
}

Result<Ticket> MailIn::Open(db::Transaction& tx, const Taking& taking,
                            const MailSender& sender) const {
    const Identity::User& login = *sender.customer;
    std::string subject =
        FirstCharacters(WithoutCards(BareSubject(taking.mail.subject)), kMostSubject);
    if (subject.empty())
        subject =
            parts_.formatters.Of(taking.tenant.id, "service_desk")->Text("mail_in.no_subject");
    const Tickets::Wish wish{AccountOf(login.subject),
                             std::move(subject),
                             taking.desk.category,
                             std::nullopt,
                             BodyOf(taking),
                             {},
                             std::nullopt,
                             taking.kept};
    const std::string language =
        login.language.empty() ? taking.tenant.locales.front().substr(0, 2) : login.language;
    return parts_.tickets.Open(tx, taking.tenant, wish,
                               {login.id, login.display_name, login.email, language, ""},
                               taking.now);
}

// Before the transaction, and of people who are known only. As many as may be; what is too much, or
// not allowed, is named in the message.
void MailIn::KeepWhatCanBe(Taking& taking) const {
    std::vector<Upload> wanted;
    for (const Upload& file : taking.mail.attachments) {
        wanted.push_back(file);
        auto kept = taking.takes_files ? parts_.keep_files(taking.tenant, wanted)
                                       : Result<std::vector<Attachment>>(Error{});
        if (!kept && kept.error().code == ErrorCode::kUnavailable)
            throw TryLater("its files cannot be kept: " + kept.error().message);
        if (kept) {
            taking.kept = *std::move(kept);
        } else {
            wanted.pop_back();
            taking.left_out.push_back(WithoutCards(file.name));
        }
    }
}

std::string MailIn::BodyOf(const Taking& taking) const {
    const auto t = parts_.formatters.Of(taking.tenant.id, "service_desk");
    const std::string own = WithoutCards(OwnWords(taking.mail.text));
    std::string body = FirstCharacters(own, kMostWords);
    if (body.size() < own.size()) body += "\n\n[" + t->Text("mail_in.cut") + ']';
    if (body.empty()) body = '[' + t->Text("mail_in.no_text") + ']';
    if (taking.left_out.empty()) return body;
    std::string names;
    for (const std::string& name : taking.left_out)
        names += (names.empty() ? "" : ", ") + FirstCharacters(name, 60);
    return body + "\n\n[" + t->Text("mail_in.left_out", {{"files", std::string_view(names)}}) + ']';
}

void MailIn::Tell(db::Transaction& tx, const Taking& taking, const MailSender& sender,
                  const std::string& letter) const {
    const IncomingMail& mail = taking.mail;
    const std::string language = sender.customer ? sender.customer->language
                                 : sender.agent  ? sender.agent->language
                                                 : "";
    Mail told{"service_desk", letter, mail.from_address, NameOf(mail), language, {}};
    told.model.Set("name", NameOf(mail))
        .Set("url", taking.tenant.origin +
                        (letter == "mail_refused" ? "/console/tickets" : "/tickets/new"));
    told.facts =
        [subject = FirstCharacters(WithoutCards(mail.subject), kMostSubject)](const Formatter& t) {
            return std::vector<Mail::Fact>{{t.Text("ticket.subject"), subject}};
        };
    // An id that could not stand in a header is not repeated.
    const bool writable = std::none_of(mail.message_id.begin(), mail.message_id.end(), [](char c) {
        return c <= ' ' || c >= 0x7F || c == '<' || c == '>';
    });
    if (writable && !mail.message_id.empty() && mail.message_id.size() <= 250)
        told.thread.references = {mail.message_id};
    told.is_bounce = true;
    parts_.mailer.Enqueue(tx, taking.tenant, told);
}

}  // namespace livery::service_desk
