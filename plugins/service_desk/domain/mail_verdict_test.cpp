#include "domain/mail_verdict.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

IncomingMail FromAPerson() {
    IncomingMail mail;
    mail.message_id = "1@x.example";
    mail.from_address = "ann@x.example";
    mail.return_path = "ann@x.example";
    return mail;
}

JudgedMail Judged(const IncomingMail& mail, std::size_t size = 100, int lately = 0) {
    return Judge(mail, {size, 1000, "help@harbor.example", lately});
}

std::string ReasonOf(const IncomingMail& mail) {
    const JudgedMail judged = Judged(mail);
    EXPECT_EQ(judged.verdict == MailVerdict::kDrop, !judged.reason.empty());
    return std::string(judged.reason);
}

TEST(Judge, APersonsMailIsTaken) {
    EXPECT_EQ(Judged(FromAPerson()), JudgedMail{});
    IncomingMail mail = FromAPerson();
    mail.return_path.reset();
    EXPECT_EQ(ReasonOf(mail), "") << "a mail that no server has delivered yet";
}

TEST(Judge, WhatAProgramWroteIsDropped) {
    for (const char* value : {"auto-replied", "Auto-Generated", " auto-notified; owner=x", "yes"}) {
        IncomingMail mail = FromAPerson();
        mail.auto_submitted = value;
        EXPECT_EQ(ReasonOf(mail), "automatic") << value;
    }
    for (const char* value : {"no", "NO", " no (a person)", "no; by=hand", ""}) {
        IncomingMail mail = FromAPerson();
        mail.auto_submitted = value;
        EXPECT_EQ(ReasonOf(mail), "") << value;
    }
    for (const char* value : {"All", "OOF, AutoReply", "DR"}) {
        IncomingMail mail = FromAPerson();
        mail.auto_response_suppress = value;
        EXPECT_EQ(ReasonOf(mail), "automatic") << value;
    }
    IncomingMail mail = FromAPerson();
    mail.auto_response_suppress = "None";
    EXPECT_EQ(ReasonOf(mail), "");
}

TEST(Judge, WhatWentToManyIsDropped) {
    for (const char* value : {"bulk", "List", "JUNK", "auto_reply"}) {
        IncomingMail mail = FromAPerson();
        mail.precedence = value;
        EXPECT_EQ(ReasonOf(mail), "bulk") << value;
    }
    IncomingMail mail = FromAPerson();
    mail.precedence = "first-class";
    EXPECT_EQ(ReasonOf(mail), "");
    mail.list_id = "<all.x.example>";
    EXPECT_EQ(ReasonOf(mail), "list");
}

TEST(Judge, WhatSaysThatAMailFailedIsDropped) {
    IncomingMail mail = FromAPerson();
    mail.return_path = "";
    EXPECT_EQ(ReasonOf(mail), "bounce");
    mail = FromAPerson();
    mail.from_address = "MAILER-DAEMON@x.example";
    EXPECT_EQ(ReasonOf(mail), "bounce");
}

TEST(Judge, WhatWeWroteIsDropped) {
    IncomingMail mail = FromAPerson();
    mail.message_id = "abc.DESK@Harbor.example";
    EXPECT_EQ(ReasonOf(mail), "own");
    mail.message_id = "abc.desk@other.example";
    EXPECT_EQ(ReasonOf(mail), "") << "somebody else's desk";
    mail.from_address = "Help+abc.def@harbor.example";
    EXPECT_EQ(ReasonOf(mail), "own");
    mail.from_address = "helpful@harbor.example";
    EXPECT_EQ(ReasonOf(mail), "");
}

TEST(Judge, OfOneSenderTwentyAnHourAreTaken) {
    EXPECT_EQ(Judged(FromAPerson(), 100, 19).verdict, MailVerdict::kTake);
    EXPECT_EQ(Judged(FromAPerson(), 100, 20), (JudgedMail{MailVerdict::kDrop, "too_many"}));
}

TEST(Judge, WhatIsTooLargeIsBouncedUnlessAProgramSentIt) {
    EXPECT_EQ(Judged(FromAPerson(), 1000).verdict, MailVerdict::kTake);
    EXPECT_EQ(Judged(FromAPerson(), 1001), (JudgedMail{MailVerdict::kBounce, "too_large"}));
    IncomingMail mail = FromAPerson();
    mail.auto_submitted = "auto-replied";
    EXPECT_EQ(Judged(mail, 1001).verdict, MailVerdict::kDrop);
}

TEST(OwnMailId, IsKnownAgain) {
    EXPECT_EQ(OwnMailId("x", "help@Harbor.example"), "x.desk@harbor.example");
    EXPECT_TRUE(IsOwnMailId(OwnMailId("x", "help@harbor.example"), "help@harbor.example"));
    EXPECT_FALSE(IsOwnMailId("x@harbor.example", "help@harbor.example"));
}

}  // namespace
}  // namespace livery::service_desk
