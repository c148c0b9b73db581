// Slack's short names of emoji and their characters: the common ones. Data only.

export const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|wave 👋|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|point_up ☝️|point_up_2 👆
point_down 👇|point_left 👈|point_right 👉|v ✌️|crossed_fingers 🤞|handshake 🤝|raised_hand ✋|hand ✋|writing_hand ✍️|call_me_hand 🤙
eyes 👀|eye 👁️|brain 🧠|ear 👂|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️|zzz 💤|boom 💥|dash 💨|sweat_drops 💦
grinning 😀|smiley 😃|smile 😄|grin 😁|laughing 😆|satisfied 😆|sweat_smile 😅|joy 😂|rolling_on_the_floor_laughing 🤣|blush 😊
innocent 😇|slightly_smiling_face 🙂|upside_down_face 🙃|wink 😉|relieved 😌|heart_eyes 😍|star-struck 🤩|kissing_heart 😘|yum 😋
stuck_out_tongue 😛|stuck_out_tongue_winking_eye 😜|hugging_face 🤗|thinking_face 🤔|thinking 🤔|face_with_monocle 🧐|nerd_face 🤓
sunglasses 😎|partying_face 🥳|smirk 😏|unamused 😒|pensive 😔|worried 😟|confused 😕|slightly_frowning_face 🙁|disappointed 😞
cry 😢|sob 😭|scream 😱|exploding_head 🤯|flushed 😳|neutral_face 😐|expressionless 😑|grimacing 😬|rolling_eyes 🙄|shushing_face 🤫
zipper_mouth_face 🤐|sleeping 😴|face_palm 🤦|facepalm 🤦|shrug 🤷|saluting_face 🫡|melting_face 🫠|robot_face 🤖|ghost 👻|skull 💀
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|black_heart 🖤|broken_heart 💔|sparkling_heart 💖
100 💯|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|birthday 🎂|trophy 🏆|medal 🏅|first_place_medal 🥇|dart 🎯|game_die 🎲|art 🎨
sparkles ✨|star ⭐|star2 🌟|dizzy 💫|fire 🔥|zap ⚡|rainbow 🌈|sunny ☀️|sun_with_face 🌞|cloud ☁️|umbrella ☔|snowflake ❄️|ocean 🌊
crescent_moon 🌙|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐|world_map 🗺️|compass 🧭|mountain ⛰️
seedling 🌱|herb 🌿|four_leaf_clover 🍀|evergreen_tree 🌲|deciduous_tree 🌳|leaves 🍃|maple_leaf 🍁|mushroom 🍄|tulip 🌷|rose 🌹
sunflower 🌻|cherry_blossom 🌸|ear_of_rice 🌾|apple 🍎|lemon 🍋|bread 🍞|baguette_bread 🥖|croissant 🥐|bagel 🥯|cheese_wedge 🧀
egg 🥚|cookie 🍪|cake 🍰|doughnut 🍩|pizza 🍕|salt 🧂|honey_pot 🍯|coffee ☕|tea 🍵|beer 🍺|beers 🍻|champagne 🍾|wine_glass 🍷
goose 🪿|duck 🦆|bird 🐦|owl 🦉|eagle 🦅|swan 🦢|penguin 🐧|chicken 🐔|hatching_chick 🐣|feather 🪶|dog 🐶|cat 🐱|fox_face 🦊
bear 🐻|rabbit 🐰|mouse 🐭|unicorn_face 🦄|bee 🐝|honeybee 🐝|ant 🐜|bug 🐛|butterfly 🦋|snail 🐌|turtle 🐢|octopus 🐙|whale 🐳|fish 🐟
memo 📝|pencil 📝|pencil2 ✏️|pen 🖊️|lower_left_fountain_pen 🖋️|spiral_note_pad 🗒️|notebook 📓|ledger 📒|closed_book 📕|green_book 📗
blue_book 📘|orange_book 📙|books 📚|book 📖|open_book 📖|bookmark 🔖|label 🏷️|scroll 📜|page_facing_up 📄|page_with_curl 📃|newspaper 📰
clipboard 📋|card_index 📇|card_file_box 🗃️|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|file_cabinet 🗄️|wastebasket 🗑️
bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|calendar 📆|date 📅|spiral_calendar_pad 🗓️|pushpin 📌
round_pushpin 📍|paperclip 📎|link 🔗|straight_ruler 📏|triangular_ruler 📐|scissors ✂️|abacus 🧮|mag 🔍|mag_right 🔎|telescope 🔭
microscope 🔬|test_tube 🧪|petri_dish 🧫|dna 🧬|satellite_antenna 📡|bulb 💡|flashlight 🔦|candle 🕯️|lock 🔒|unlock 🔓|key 🔑|old_key 🗝️
closed_lock_with_key 🔐|shield 🛡️|hammer 🔨|hammer_and_wrench 🛠️|wrench 🔧|nut_and_bolt 🔩|gear ⚙️|toolbox 🧰|ladder 🪜|hook 🪝|magnet 🧲
thread 🧵|yarn 🧶|knot 🪢|jigsaw 🧩|package 📦|mailbox 📫|mailbox_with_mail 📬|mailbox_closed 📪|incoming_envelope 📨|envelope ✉️|email 📧
e-mail 📧|envelope_with_arrow 📩|outbox_tray 📤|inbox_tray 📥|postbox 📮|ballot_box_with_ballot 🗳️|loudspeaker 📢|mega 📣|bell 🔔
no_bell 🔕|phone ☎️|telephone_receiver 📞|iphone 📱|computer 💻|desktop_computer 🖥️|keyboard ⌨️|printer 🖨️|camera 📷|video_camera 📹
tv 📺|headphones 🎧|microphone 🎤|musical_note 🎵|clock3 🕒|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|watch ⌚|hourglass ⌛
hourglass_flowing_sand ⏳|moneybag 💰|money_with_wings 💸|dollar 💵|euro 💶|credit_card 💳|receipt 🧾|gem 💎|shopping_trolley 🛒
house 🏠|office 🏢|factory 🏭|school 🏫|hospital 🏥|bank 🏦|convenience_store 🏪|construction 🚧|building_construction 🏗️
rocket 🚀|airplane ✈️|car 🚗|truck 🚚|articulated_lorry 🚛|bus 🚌|train 🚆|bike 🚲|ship 🚢|anchor ⚓|sailboat ⛵|traffic_light 🚥
vertical_traffic_light 🚦|checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|rotating_light 🚨|sos 🆘|warning ⚠️|no_entry ⛔
no_entry_sign 🚫|octagonal_sign 🛑|question ❓|grey_question ❔|exclamation ❗|heavy_exclamation_mark ❗|bangbang ‼️|interrobang ⁉️
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|heavy_plus_sign ➕
heavy_minus_sign ➖|recycle ♻️|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|arrows_counterclockwise 🔄
leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|fast_forward ⏩|rewind ⏪|play_or_pause_button ⏯️|double_vertical_bar ⏸️
black_square_for_stop ⏹️|information_source ℹ️|new 🆕|free 🆓|up 🆙|ok 🆗|id 🆔|red_circle 🔴|large_orange_circle 🟠
large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫
small_blue_diamond 🔹|small_orange_diamond 🔸|infinity ♾️|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟
man 👨|woman 👩|baby 👶|bust_in_silhouette 👤|busts_in_silhouette 👥|speaking_head_in_silhouette 🗣️|footprints 👣|detective 🕵️
sleuth_or_spy 🕵️|juggling 🤹|runner 🏃|walking 🚶|cook 🧑‍🍳|technologist 🧑‍💻|scientist 🧑‍🔬|artist 🧑‍🎨|pilot 🧑‍✈️|teacher 🧑‍🏫|judge 🧑‍⚖️
scales ⚖️|crystal_ball 🔮|magic_wand 🪄|umbrella_on_ground ⛱️|tent ⛺|soccer ⚽|basketball 🏀|chess_pawn ♟️|crown 👑|mortar_board 🎓
`;
