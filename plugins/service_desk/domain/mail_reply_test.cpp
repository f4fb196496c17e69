#include "domain/mail_reply.h"

#include <gtest/gtest.h>

namespace livery::service_desk {
namespace {

TEST(OwnWords, WithoutQuotesAreKeptAsTheyAre) {
    EXPECT_EQ(OwnWords("It rings.\n\nThank you,\nAnn"), "It rings.\n\nThank you,\nAnn");
    EXPECT_EQ(OwnWords("  indented\n\n\n\nfar below  \n"), "  indented\n\nfar below");
    EXPECT_EQ(OwnWords(""), "");
}

TEST(OwnWords, EndAtOurLineInEveryLanguageAndQuoted) {
    for (const char* line :
         {"##- Please write your reply above this line -##",
          "##- Bitte antworten Sie oberhalb dieser Zeile -##",
          "##- Por favor, escriba su respuesta por encima de esta línea -##",
          "##- يُرجى كتابة ردّكم فوق هذا السطر -##", "> ##- anything -##", ">> > ##- x -##"}) {
        EXPECT_EQ(OwnWords("Yes.\n\n" + std::string(line) + "\nAn answer\nto your request"), "Yes.")
            << line;
    }
    EXPECT_EQ(OwnWords("Yes.\n\nOn 30 Nov 2026, Harbor <help@harbor.example> wrote:\n\n> ##- x "
                       "-##\n> old\nold without a mark"),
              "Yes.");
    EXPECT_EQ(OwnWords("The sign ##- alone is mine"), "The sign ##- alone is mine");
}

TEST(OwnWords, LeaveOutWhatIsQuotedInFourLanguages) {
    for (const char* line :
         {"On Mon, Nov 30, 2026 at 9:12 AM Harbor <help@harbor.example> wrote:",
          "On Mon, Nov 30, 2026 at 9:12 AM Harbor\n<help@harbor.example>\nwrote:",
          "Am Mo., 30. Nov. 2026 um 09:12 Uhr schrieb Harbor <help@harbor.example>:",
          "Am 30.11.26 um 09:12 schrieb Harbor:",
          "El lun, 30 nov 2026 a las 9:12, Harbor (<help@harbor.example>) escribió:",
          "في الاثنين، ٣٠ نوفمبر ٢٠٢٦ في ٩:١٢ ص كتب Harbor <help@harbor.example>:",
          "في الاثنين، 30 نوفمبر 2026 في 9:12 ص تمت كتابة ما يلي بواسطة Harbor كتب:"}) {
        EXPECT_EQ(OwnWords("Yes.\n\n" + std::string(line) + "\n> Does it ring?\n> Harbor"), "Yes.")
            << line;
        EXPECT_EQ(OwnWords("Yes.\n\n" + std::string(line) + "\nquoted without a mark"), "Yes.")
            << line;
    }
}

TEST(OwnWords, BetweenQuotesAreKept) {
    EXPECT_EQ(OwnWords("On 30 Nov 2026, Ann wrote:\n> Does it ring?\nYes.\n> And the light?\nRed."),
              "Yes.\nRed.");
}

TEST(OwnWords, EndWhereOutlookRepeatsTheOldOne) {
    for (const char* block :
         {"-----Original Message-----\nFrom: Harbor\nold",
          "-----Ursprüngliche Nachricht-----\nVon: Harbor\nold",
          "----- Mensaje original -----\nold",
          "________________________________\nVon: Harbor\nGesendet: Montag\nAn: Ann\nBetreff: "
          "X\n\nold",
          "From: Harbor\nSent: Monday\nTo: Ann\nSubject: X\n\nold",
          "De: Harbor\nEnviado el: lunes\nPara: Ann\nAsunto: X\n\nold",
          "من: Harbor\nتم الإرسال: الاثنين\nإلى: Ann\nالموضوع: X\n\nold"}) {
        EXPECT_EQ(OwnWords("Yes.\n\n" + std::string(block)), "Yes.") << block;
    }
    const std::string route = "From: the harbour\nto the town it fails.";
    EXPECT_EQ(OwnWords(route), route) << "one line that looks like it is somebody's own";
}

TEST(OwnWords, EndAtTheSignature) {
    EXPECT_EQ(OwnWords("Yes.\n-- \nAnn Lee\nLee Ltd"), "Yes.");
    EXPECT_EQ(OwnWords("Yes.\n--\nAnn Lee"), "Yes.");
    EXPECT_EQ(OwnWords("Yes -- mostly.\n---\nNo."), "Yes -- mostly.\n---\nNo.");
    EXPECT_EQ(OwnWords("Yes.\n\nSent from my iPhone"), "Yes.");
    EXPECT_EQ(OwnWords("Ja.\n\nVon meinem iPhone gesendet\n\nAm 1.1.26 schrieb X:\n> a"), "Ja.");
}

TEST(OwnWords, ThatWouldBeNoneAreTheWholeText) {
    EXPECT_EQ(OwnWords("> only\n> quoted"), "> only\n> quoted");
    EXPECT_EQ(OwnWords("##- x -##\nbelow the line"), "##- x -##\nbelow the line");
    EXPECT_EQ(OwnWords("-- \nAnn"), "--\nAnn");
}

TEST(OwnWords, ASentenceThatBeginsLikeAnAttributionIsKept) {
    const std::string text = "On Monday he wrote:\nI will come.\nHe did not.";
    EXPECT_EQ(OwnWords(text), text) << "no date in it";
}

TEST(BareSubject, HasNothingBeforeIt) {
    EXPECT_EQ(BareSubject("Re: AW: Fwd:  Rain"), "Rain");
    EXPECT_EQ(BareSubject("رد: سؤال"), "سؤال");
    EXPECT_EQ(BareSubject("Regarding: Rain"), "Regarding: Rain");
    EXPECT_EQ(BareSubject("Re:"), "");
}

}  // namespace
}  // namespace livery::service_desk
