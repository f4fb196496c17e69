#include "sandbox/pages/words.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace livery::sandbox {

namespace {

struct Row {
    std::string_view key;
    std::string_view en;
    std::string_view de;
    std::string_view es;
    std::string_view ar;
};

constexpr auto kWords = std::to_array<Row>({
    {"test_mode", "Test mode: no money moves here.", "Testbetrieb: Hier fließt kein Geld.",
     "Modo de prueba: aquí no se mueve dinero.", "وضع الاختبار: لا تُنقل أي أموال هنا."},
    {"pay_title", "Pay by card", "Mit Karte zahlen", "Pagar con tarjeta", "الدفع بالبطاقة"},
    {"keep_title", "Save a card", "Karte hinterlegen", "Guardar una tarjeta", "حفظ بطاقة"},
    {"to", "To", "An", "Para", "إلى"},
    {"amount", "Amount", "Betrag", "Importe", "المبلغ"},
    {"number", "Card number", "Kartennummer", "Número de tarjeta", "رقم البطاقة"},
    {"expiry", "Expiry date", "Gültig bis", "Fecha de caducidad", "تاريخ الانتهاء"},
    {"expiry_hint", "Month and year, as 09/34", "Monat und Jahr, etwa 09/34",
     "Mes y año, por ejemplo 09/34", "الشهر والسنة، مثل 09/34"},
    {"cvc", "Security code", "Prüfziffer", "Código de seguridad", "رمز الأمان"},
    {"cvc_hint", "Three or four digits on the card", "Drei oder vier Ziffern auf der Karte",
     "Tres o cuatro cifras de la tarjeta", "ثلاثة أو أربعة أرقام على البطاقة"},
    {"name", "Name on the card", "Name auf der Karte", "Nombre en la tarjeta", "الاسم على البطاقة"},
    {"pay", "Pay {amount}", "{amount} zahlen", "Pagar {amount}", "ادفع {amount}"},
    {"keep", "Save the card", "Karte hinterlegen", "Guardar la tarjeta", "احفظ البطاقة"},
    {"cancel", "Cancel and go back", "Abbrechen und zurück", "Cancelar y volver", "إلغاء والعودة"},
    {"cards", "Test cards", "Testkarten", "Tarjetas de prueba", "بطاقات الاختبار"},
    {"cards_hint", "Any date to come and any security code will do.",
     "Jedes künftige Datum und jede Prüfziffer geht.",
     "Sirve cualquier fecha futura y cualquier código de seguridad.",
     "أي تاريخ قادم وأي رمز أمان يفي بالغرض."},
    {"card_effect", "What it does", "Was sie bewirkt", "Qué hace", "تأثيرها"},
    {"error", "Error", "Fehler", "Error", "خطأ"},
    {"problem", "There is a problem", "Es gibt ein Problem", "Hay un problema", "هناك مشكلة"},
    {"number_wrong", "Enter a card number without a typing mistake",
     "Geben Sie eine Kartennummer ohne Tippfehler ein",
     "Introduzca un número de tarjeta sin errores", "أدخل رقم بطاقة صحيحًا"},
    {"number_real", "Only the test cards below are taken. Never enter a real card here.",
     "Nur die Testkarten unten werden angenommen. Geben Sie hier nie eine echte Karte ein.",
     "Solo se aceptan las tarjetas de prueba de abajo. No introduzca nunca una tarjeta real aquí.",
     "تُقبل بطاقات الاختبار أدناه فقط. لا تُدخل بطاقة حقيقية هنا أبدًا."},
    {"expiry_wrong", "Enter the expiry date as month and year, for example 09/34",
     "Geben Sie das Datum als Monat und Jahr ein, etwa 09/34",
     "Introduzca la fecha como mes y año, por ejemplo 09/34",
     "أدخل تاريخ الانتهاء بالشهر والسنة، مثل 09/34"},
    {"expiry_past", "Enter a card that has not expired",
     "Geben Sie eine Karte ein, die noch gültig ist", "Introduzca una tarjeta que no haya caducado",
     "أدخل بطاقة لم تنتهِ صلاحيتها"},
    {"cvc_wrong", "Enter the security code: three or four digits",
     "Geben Sie die Prüfziffer ein: drei oder vier Ziffern",
     "Introduzca el código de seguridad: tres o cuatro cifras",
     "أدخل رمز الأمان: ثلاثة أو أربعة أرقام"},
    {"name_wrong", "Enter the name on the card", "Geben Sie den Namen auf der Karte ein",
     "Introduzca el nombre que figura en la tarjeta", "أدخل الاسم المكتوب على البطاقة"},
    {"challenge_title", "Your bank asks: is that you?", "Ihre Bank fragt: Sind Sie das?",
     "Su banco pregunta: ¿es usted?", "يسأل بنكك: هل هذا أنت؟"},
    {"challenge_text", "Confirm that you use the card that ends in {last4}.",
     "Bestätigen Sie, dass Sie die Karte verwenden, die auf {last4} endet.",
     "Confirme que usa la tarjeta que termina en {last4}.",
     "أكّد أنك تستخدم البطاقة المنتهية بالأرقام {last4}."},
    {"confirm", "Yes, confirm", "Ja, bestätigen", "Sí, confirmar", "نعم، أؤكد"},
    {"refuse", "No, that is not me", "Nein, das bin ich nicht", "No, no soy yo", "لا، لست أنا"},
    {"done_title", "This page is done with", "Diese Seite ist erledigt",
     "Esta página ya no se necesita", "انتهت هذه الصفحة"},
    {"done_text", "Go back to the shop to see what came of it.",
     "Gehen Sie zurück zum Händler, um das Ergebnis zu sehen.",
     "Vuelva a la tienda para ver el resultado.", "عد إلى المتجر لمعرفة النتيجة."},
    {"back", "Back to the shop", "Zurück zum Händler", "Volver a la tienda", "العودة إلى المتجر"},
    {"form_title", "This page is reached from the shop", "Diese Seite öffnet der Händler",
     "A esta página se llega desde la tienda", "تُفتح هذه الصفحة من المتجر"},
    {"form_text", "Go back to the shop and continue from there.",
     "Gehen Sie zurück zum Händler, und machen Sie dort weiter.",
     "Vuelva a la tienda y continúe desde allí.", "عد إلى المتجر وتابع من هناك."},
    {"gone_title", "There is no such page", "Diese Seite gibt es nicht", "Esta página no existe",
     "لا توجد صفحة كهذه"},
});

}  // namespace

std::string_view LanguageOf(std::string_view locale) {
    const std::string_view language = locale.substr(0, 2);
    const bool known = language == "de" || language == "es" || language == "ar";
    return known && (locale.size() == 2 || locale[2] == '-') ? language : "en";
}

std::string_view Word(std::string_view language, std::string_view key) {
    const auto row = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const Row& word) { return word.key == key; });
    if (row == kWords.end()) throw std::out_of_range("no word " + std::string(key));
    if (language == "de") return row->de;
    if (language == "es") return row->es;
    return language == "ar" ? row->ar : row->en;
}

}  // namespace livery::sandbox
