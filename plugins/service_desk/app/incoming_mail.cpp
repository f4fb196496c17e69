#include "app/incoming_mail.h"

#include <algorithm>

#include <livery/card_number.h>
#include <livery/check.h>
#include <livery/db/failure.h>
#include <livery/utf8.h>

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

std::string FirstCharacters(std::string_view text, std::size_t most) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && ++count > most) return std::string(text.substr(0, at));
    }
    return std::string(text);
}

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

// Past all merges.
TicketId WhereItGoesOn(db::Transaction& tx, TicketId id) {
    constexpr int kMostMerges = 10;
    for (int i = 0; i < kMostMerges; ++i) {
        const auto ticket = TicketRepository::Find(tx, id);
        if (!ticket || !ticket->merged_into) break;
        id = *ticket->merged_into;
    }
    return id;
}

}  // namespace

// One mail on its way.
struct MailIn::Taking {
    const Tenant& tenant;
    const DeskMail& desk;
    const IncomingMail& mail;
    std::size_t size = 0;
    Instant now{};
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
    bool goes_on = false;
    if (const JudgedMail judged = taking.Judged(0); judged.verdict == MailVerdict::kDrop)
        taking.reason = judged.reason;
    else
        parts_.database.Transact(
            tenant.id, [&](db::Transaction& tx) { goes_on = MayBeTaken(tx, taking, outcome); });
    if (goes_on) {
        KeepWhatCanBe(taking);
        parts_.database.Transact(tenant.id,
                                 [&](db::Transaction& tx) { outcome = TakeIn(tx, taking); });
    }
    if (outcome == Outcome::kDropped || outcome == Outcome::kRefused ||
        outcome == Outcome::kTooMany)
        parts_.log.Warn(
            "mail_in.not_taken",
            {{"tenant", tenant.id.value()}, {"reason", taking.reason}, {"mail", mail->message_id}});
    return outcome;
}

// Before any file of it is written: neither a flood nor a second delivery fills the disk.
bool MailIn::MayBeTaken(db::Transaction& tx, Taking& taking, Outcome& outcome) const {
    if (MailRepository::IsHere(tx, IdOf(taking.mail))) {
        outcome = Outcome::kRepeated;
        return false;
    }
    const JudgedMail judged = taking.Judged(
        MailRepository::CountFrom(tx, taking.mail.from_address, taking.now - kSenderWindow));
    if (judged.verdict != MailVerdict::kDrop) return true;
    taking.reason = judged.reason;
    outcome = Outcome::kTooMany;
    return false;
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

// By the address that it was sent to, then by what it answers.
std::optional<MailIn::Target> MailIn::TargetOf(db::Transaction& tx, const Taking& taking,
                                               const MailSender& sender) const {
    const SignText sign = parts_.threads.SignerOf(taking.tenant);
    for (const std::string& recipient : taking.mail.recipients) {
        const auto address = ReplyAddressIn(recipient, taking.desk.address);
        if (!address) continue;
        if (sender.agent && IsGivenTo(*address, {sender.agent->id}, sign))
            return Target{WhereItGoesOn(tx, address->ticket), std::nullopt};
        if (!IsGivenTo(*address, {}, sign)) continue;
        if (const auto target = TargetFor(tx, taking, sender, address->ticket)) return target;
    }
    for (const auto& place : MailRepository::PlacesOf(tx, taking.mail.references)) {
        if (place.agent && sender.agent && *place.agent == sender.agent->id)
            return Target{WhereItGoesOn(tx, place.ticket), std::nullopt};
        if (place.agent) continue;
        if (const auto target = TargetFor(tx, taking, sender, place.ticket)) return target;
    }
    return std::nullopt;
}

// A ticket on the customer's side, if the sender stands there: who opened it, a login of the same
// account, or one who is told of it.
std::optional<MailIn::Target> MailIn::TargetFor(db::Transaction& tx, const Taking& taking,
                                                const MailSender& sender, TicketId id) const {
    const auto ticket = TicketRepository::Find(tx, WhereItGoesOn(tx, id));
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

// Before the transaction, and of people who are known only: nobody else fills the disk. As many as
// may be; what is too much, or not allowed, is named in the message.
void MailIn::KeepWhatCanBe(Taking& taking) const {
    const auto& files = taking.mail.attachments;
    if (files.empty()) return;
    bool known = false;
    if (parts_.keep_files)
        parts_.database.Transact(taking.tenant.id, [&](db::Transaction& tx) {
            known = parts_.senders.Find(tx, taking.tenant, taking.mail.from_address).IsKnown();
        });
    std::vector<Upload> wanted;
    for (const Upload& file : files) {
        wanted.push_back(file);
        auto kept = known ? parts_.keep_files(taking.tenant, wanted)
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
